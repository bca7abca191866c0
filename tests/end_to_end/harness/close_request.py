"""Send the message by which a taskbar closes a window (EWMH's _NET_CLOSE_WINDOW).

xdotool of Debian 12 cannot send it: its `windowclose` destroys, and `windowquit` came later.
"""

import ctypes
import ctypes.util

CLIENT_MESSAGE = 33
TO_WINDOW_MANAGER = (1 << 19) | (1 << 20)  # SubstructureNotifyMask and SubstructureRedirectMask
FROM_A_PAGER = 2


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent, padded to the size of XEvent."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


def request_close(display_name: str, window: int) -> None:
    """Ask the window manager to close the window, as the X button in its frame does."""
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    address = x11.XOpenDisplay(display_name.encode())
    if address is None:
        raise AssertionError(f"no X screen {display_name}")
    display = ctypes.c_void_p(address)
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    kind = x11.XInternAtom(display, b"_NET_CLOSE_WINDOW", 0)
    now_from_pager = (ctypes.c_long * 5)(0, FROM_A_PAGER, 0, 0, 0)
    message = ClientMessage(CLIENT_MESSAGE, 0, 1, display, window, kind, 32, now_from_pager)
    x11.XSendEvent(display, root, 0, ctypes.c_long(TO_WINDOW_MANAGER), ctypes.byref(message))
    x11.XCloseDisplay(display)
