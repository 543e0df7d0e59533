"""The Bluetooth client, its notifications, and Bumble as a radio for it."""
