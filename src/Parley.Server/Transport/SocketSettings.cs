using System.Net.Sockets;

namespace Parley.Server.Transport;

/// <summary>Settings of the sockets of connections.</summary>
/// <param name="keepAlive">Silence after which the other side is asked whether it is there; zero for never.</param>
/// <param name="maxUnsentBytes">Bytes that the kernel takes for a reader who takes nothing; 0 for as many as it likes.</param>
internal sealed class SocketSettings(TimeSpan keepAlive, int maxUnsentBytes = 0)
{
    // TCP_NOTSENT_LOWAT of Linux (tcp(7)), which .NET has no name for.
    private const int TcpLevel = 6;
    private const int TcpNotSentLowWater = 25;

    /// <summary>Longest keep-alive time, in seconds, that Linux takes (tcp(7)): with more, no connection could be set up.</summary>
    private const int MaxKeepAliveSeconds = 32767;

    /// <summary>True if connections have the settings of the socket that listens, as of when they come: six system calls less for each of them.</summary>
    public static bool AreInherited { get; } = OperatingSystem.IsLinux();

    /// <summary>Has a socket, or the connections of one that will listen, have these settings.</summary>
    /// <exception cref="SocketException">The other side is gone.</exception>
    public void Apply(Socket socket)
    {
        // Batches are made above; the kernel has nothing to wait for.
        socket.NoDelay = true;
        if (maxUnsentBytes > 0 && OperatingSystem.IsLinux())
        {
            // The kernel would take up to 4 MB for a reader who takes nothing: answers made for nobody, and memory that nobody counts.
            socket.SetRawSocketOption(TcpLevel, TcpNotSentLowWater, BitConverter.GetBytes(maxUnsentBytes));
        }

        if (keepAlive > TimeSpan.Zero)
        {
            var seconds = Math.Clamp((int)keepAlive.TotalSeconds, 1, MaxKeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 6));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        }
    }
}
