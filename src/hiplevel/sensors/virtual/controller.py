"""A Bluetooth controller in this process: Bumble's own, with what it lacks for scanning and for giving up."""

from typing import Any

from bumble.controller import Controller
from bumble.hci import (
    HCI_UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
    HCI_LE_Advertising_Report_Event,
    HCI_LE_Connection_Complete_Event,
    HCI_LE_Extended_Advertising_Report_Event,
    LeFeatureMask,
    Role,
)

# The default of 27 bytes cuts a long notification into a dozen packets.
ACL_PACKET_BYTES = 251
RSSI_DBM = -50
# Bumble's controller announces these, and does less for them than the Linux kernel relies on.
NOT_FOR_KERNELS = LeFeatureMask.LL_PRIVACY | LeFeatureMask.LE_EXTENDED_ADVERTISING


class VirtualController(Controller):  # type: ignore[misc]
    """Gives up connecting when the host cancels, and hears scan responses: Bumble's own does neither.

    Attributes
    ----------
    rssi_dbm : how strong the others hear it; None: out of reach
    """

    def __init__(self, name: str, link: Any, host: Any = None) -> None:
        """host: a Bumble transport on which the host is; None: a Device in this process."""
        self.pending_le_connection: Any = None
        self.rssi_dbm: int | None = RSSI_DBM
        source, sink = (None, None) if host is None else (host.source, host.sink)
        super().__init__(name, host_source=source, host_sink=sink, link=link)
        self.le_acl_data_packet_length = ACL_PACKET_BYTES
        if host is not None:
            self.le_features &= ~NOT_FOR_KERNELS

    def on_hci_le_create_connection_cancel_command(self, command: Any) -> Any:
        """Bluetooth 5.3, volume 4, part E, 7.8.13."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is not None:
            self.send_hci_packet(
                HCI_LE_Connection_Complete_Event(
                    status=HCI_UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
                    connection_handle=0,
                    role=Role.CENTRAL,
                    peer_address_type=pending.peer_address.address_type,
                    peer_address=pending.peer_address,
                    connection_interval=0,
                    peripheral_latency=0,
                    supervision_timeout=0,
                    central_clock_accuracy=0,
                )
            )
        return super().on_hci_le_create_connection_cancel_command(command)

    def on_advertising_pdu(self, pdu: Any) -> None:
        """An advertisement on the air: tell a host that scans, and connect if that is what it waits for."""
        sender = self.link.find_le_controller(pdu.advertiser_address)
        if sender is None or sender.rssi_dbm is None:
            return
        if self.le_scan_enable:
            report = self._report if self.le_features & LeFeatureMask.LE_EXTENDED_ADVERTISING else self._legacy_report
            self.send_hci_packet(report(pdu, pdu.data, sender.rssi_dbm, False))
            self.send_hci_packet(report(pdu, sender.scan_response(), sender.rssi_dbm, True))
        pending = self.pending_le_connection
        if pending is not None and pending.peer_address == pdu.advertiser_address:
            self.create_le_connection(pdu.advertiser_address)

    def scan_response(self) -> bytes:
        """What it answers to those who scan."""
        sets = [one.scan_response_data for one in self.advertising_sets.values() if one.enabled]
        return bytes(sets[0] if sets else self.le_legacy_advertiser.scan_response_data)

    @staticmethod
    def _legacy_report(pdu: Any, data: bytes, rssi_dbm: int, answer: bool) -> Any:
        kinds = HCI_LE_Advertising_Report_Event.EventType
        report = HCI_LE_Advertising_Report_Event.Report(
            event_type=kinds.SCAN_RSP if answer else kinds.ADV_IND,
            address_type=pdu.advertiser_address.address_type,
            address=pdu.advertiser_address,
            data=data,
            rssi=rssi_dbm,
        )
        return HCI_LE_Advertising_Report_Event([report])

    @staticmethod
    def _report(pdu: Any, data: bytes, rssi_dbm: int, answer: bool) -> Any:
        kinds = HCI_LE_Extended_Advertising_Report_Event.EventType
        report = HCI_LE_Extended_Advertising_Report_Event.Report(
            event_type=kinds.SCAN_RESPONSE if answer else kinds.CONNECTABLE_ADVERTISING,
            address_type=pdu.advertiser_address.address_type,
            address=pdu.advertiser_address,
            primary_phy=1,
            secondary_phy=1,
            advertising_sid=0,
            tx_power=0,
            rssi=rssi_dbm,
            periodic_advertising_interval=0,
            direct_address_type=0,
            direct_address=type(pdu.advertiser_address).ANY,
            data=data,
        )
        return HCI_LE_Extended_Advertising_Report_Event([report])
