using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Upgrade;

/// <summary>Tells systemd which process is the service's main one (sd_notify(3)); does nothing elsewhere.</summary>
internal static class SystemdNotice
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Another process is the main one. Completes when systemd has taken that in: before that, the end of this process is the service's.</summary>
    public static async Task MainIsAsync(int process)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"MAINPID={process}\n")));
            await WhenTakenInAsync(socket);
        }
        catch (Exception e) when (e is SocketException or IOException or TimeoutException)
        {
            // Nobody listens: there is nothing that could be done about it.
        }
    }

    /// <summary>systemd closes what comes with BARRIER=1 when it has handled all notices before it.</summary>
    private static async Task WhenTakenInAsync(Socket socket)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint($"\0parley-barrier-{Guid.NewGuid():N}"));
        listener.Listen(1);
        using var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await near.ConnectAsync(listener.LocalEndPoint!);
        using (var far = await listener.AcceptAsync())
        {
            DescriptorCalls.Send((int)socket.Handle, "BARRIER=1\n"u8, (int)far.Handle);
        }

        // The end that was sent is closed here, so the end of input says that systemd has closed it, too.
        await near.ReceiveAsync(new byte[1]).WaitAsync(Patience, TimeProvider.System);
    }
}
