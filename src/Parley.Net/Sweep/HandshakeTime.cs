using System.Net.Sockets;

namespace Parley.Net.Sweep;

/// <summary>Duration of a connection's handshake as measured by the kernel, without the delay until a thread notices its end.</summary>
internal static class HandshakeTime
{
    // struct tcp_info in linux/tcp.h; the fields up to this one have not moved since Linux 2.6.
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;
    private const int RoundTripOffset = 68;

    /// <summary>The time, or null where the system does not tell.</summary>
    public static TimeSpan? Of(Socket connected)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[RoundTripOffset + sizeof(uint)];
        try
        {
            int length = connected.GetRawSocketOption(TcpLevel, TcpInfo, info);
            uint microseconds = length == info.Length ? BitConverter.ToUInt32(info[RoundTripOffset..]) : 0;
            return microseconds > 0 ? TimeSpan.FromMicroseconds(microseconds) : null;
        }
        catch (SocketException)
        {
            // Closed by the other side already, or a kernel that only looks like Linux.
            return null;
        }
    }
}
