"""Firmware specs, decoder, encoder, clock, the Bluetooth client and the virtual sensor."""
