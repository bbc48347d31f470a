# Asks for options the way Windows does after IPCP: DHCPINFORM from the tunnel's own address, broadcast.
# Prints one line an option of the answer: its code and its bytes in hexadecimal.
# Arguments: interface, its address.
import socket
import sys
import time

from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.inet import IP, UDP
from scapy.packet import raw

ETH_P_IP = 0x0800
TRANSACTION = 0x53535450

interface, address = sys.argv[1:3]
inform = (
    IP(src=address, dst="255.255.255.255")
    / UDP(sport=68, dport=67)
    / BOOTP(op=1, htype=8, hlen=6, chaddr=b"\x52\x41\x53\x20\x01\x02", xid=TRANSACTION, ciaddr=address)
    / DHCP(options=[("message-type", "inform"), ("param_req_list", [15, 6, 44, 43, 249, 121]), "end"])
)
link = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
link.bind((interface, ETH_P_IP))
link.sendto(raw(inform), (interface, ETH_P_IP))

deadline = time.monotonic() + 5
while (left := deadline - time.monotonic()) > 0:
    link.settimeout(left)
    data, (_, _, direction, *_) = link.recvfrom(4096)
    packet = IP(data)
    if direction == socket.PACKET_OUTGOING or BOOTP not in packet or packet[BOOTP].xid != TRANSACTION:
        continue
    print("source", packet[IP].src, packet[UDP].sport, packet[UDP].dport)
    print("destination", packet[IP].dst)
    print("yiaddr", packet[BOOTP].yiaddr)
    # Read by hand: scapy's own reading of options would hide one that comes twice.
    options = bytes(packet[UDP].payload)[240:]
    while options and options[0] != 255:
        if options[0] == 0:
            options = options[1:]
            continue
        code, length = options[0], options[1]
        print("option", code, options[2:2 + length].hex())
        options = options[2 + length:]
    sys.exit(0)
