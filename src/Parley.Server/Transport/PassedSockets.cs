using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Options;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport;

/// <summary>
/// Listening sockets that a supervisor has opened for the server, as systemd does for a unit with a socket (sd_listen_fds(3)): descriptors from 3 on,
/// <c>LISTEN_PID</c>, <c>LISTEN_FDS</c> and <c>LISTEN_FDNAMES</c>.
/// </summary>
/// <remarks>The supervisor keeps them open: whoever connects while the server starts again waits, and is refused by nobody.</remarks>
public sealed class PassedSockets
{
    private const int FirstDescriptor = 3;

    private static readonly string[] Variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"];

    private readonly IReadOnlyList<(string Name, Socket Socket, string? Asked)> _sockets;

    // Of sockets that another process has handed over: they may be closed again, and settings are read later, too.
    private readonly List<(string Name, string Asked, string Address)> _handed = [];
    private readonly Dictionary<IPEndPoint, Socket> _unused = [];

    internal PassedSockets(IReadOnlyList<(string Name, Socket Socket)> sockets)
        : this([.. sockets.Select(each => (each.Name, each.Socket, (string?)null))])
    {
    }

    /// <param name="sockets">
    /// Each with the name of its listener, and with the address that another process was set to listen at: if that setting has changed, the socket
    /// is nobody's. Null: it is the listener's whatever its setting is.
    /// </param>
    internal PassedSockets(IReadOnlyList<(string Name, Socket Socket, string? Asked)> sockets)
    {
        _sockets = [.. sockets.Where(each => each.Asked is null)];
        foreach (var (name, socket, asked) in sockets)
        {
            if (socket.LocalEndPoint is IPEndPoint at)
            {
                _unused.TryAdd(at, socket);
                if (asked is not null)
                {
                    _handed.Add((name, asked, ListenAddress.At(at).ToString()));
                }
            }
        }
    }

    /// <summary>Takes those that were passed to this process, once: programs that it starts get none of them.</summary>
    public static PassedSockets Take()
    {
        var names = (Environment.GetEnvironmentVariable("LISTEN_FDNAMES") ?? "").Split(':');
        var isForUs = OperatingSystem.IsLinux()
            && int.TryParse(Environment.GetEnvironmentVariable("LISTEN_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && process == Environment.ProcessId;
        var sockets = new List<(string, Socket)>();
        if (isForUs && int.TryParse(Environment.GetEnvironmentVariable("LISTEN_FDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            for (var i = 0; i < count; i++)
            {
                Libc.SetCloseOnExec(FirstDescriptor + i);
                sockets.Add((names.ElementAtOrDefault(i) ?? "", new Socket(new SafeSocketHandle(FirstDescriptor + i, ownsHandle: true))));
            }
        }

        foreach (var variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        return new PassedSockets(sockets);
    }

    /// <summary>
    /// Has each socket be the address of its listener: of the one whose name it was passed under (<c>FileDescriptorName=irc</c>), else of the one
    /// that is set to listen at its address.
    /// </summary>
    /// <exception cref="SettingsException">One is no listener's, or a listener has two.</exception>
    public void ApplyTo(ParleyOptions options)
    {
        var listeners = Setting.All.Where(setting => setting.IsListener).ToList();
        var taken = new HashSet<Setting>();
        var errors = new List<string>();
        foreach (var (name, asked, at) in _handed)
        {
            if (listeners.Find(each => each.Name == name) is { } same && same.Get(options) == asked)
            {
                same.Set(options, at);
            }
        }

        foreach (var (name, socket, _) in _sockets)
        {
            if (socket is not { SocketType: SocketType.Stream, LocalEndPoint: IPEndPoint at } || !IsListening(socket))
            {
                errors.Add($"The socket that was passed as '{name}' does not listen for TCP connections");
                continue;
            }

            var address = ListenAddress.At(at);
            var listener = listeners.Find(each => each.Name == name) ?? listeners.Find(each => each.Get(options) == address.ToString());
            if (listener is null)
            {
                errors.Add(
                    $"The socket at {at} was passed as '{name}', and no listener has that name or address: name it by FileDescriptorName="
                    + string.Join(", ", listeners.Select(each => each.Name)));
            }
            else if (!taken.Add(listener))
            {
                errors.Add($"{listener.Name} was passed two sockets, and a listener has one address: with ListenStream=[::]:{at.Port} one is enough for IPv4 and IPv6");
            }
            else
            {
                listener.Set(options, address.ToString());
            }
        }

        if (errors.Count > 0)
        {
            throw new SettingsException(errors);
        }
    }

    /// <summary>The address that was asked for a listener, which has got a socket with another; null if a supervisor has given it one.</summary>
    /// <param name="name">The listener.</param>
    /// <param name="address">The socket's address.</param>
    internal string? AskedFor(string name, string address)
        => _handed.Find(each => each.Name == name && each.Address == address) is { Asked: not null } found ? found.Asked
            : _sockets.Any(each => each.Socket.LocalEndPoint is IPEndPoint at && ListenAddress.At(at).ToString() == address) ? null : address;

    /// <summary>Closes the sockets that no listener has taken.</summary>
    public void CloseUnused()
    {
        foreach (var socket in _unused.Values)
        {
            socket.Dispose();
        }

        _unused.Clear();
    }

    /// <summary>The socket that was passed for an address, or null. Each is given once.</summary>
    internal Socket? TakeFor(IPEndPoint address) => _unused.Remove(address, out var socket) ? socket : null;

    private static bool IsListening(Socket socket)
        => socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection) is not 0;
}
