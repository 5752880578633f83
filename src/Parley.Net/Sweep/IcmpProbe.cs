using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Parley.Net.Sweep;

/// <summary>Sends an ICMP echo request: itself where that is permitted, else through the system's <c>ping</c>.</summary>
public sealed class IcmpProbe : IProbe
{
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly bool _throughProgram;

    private IcmpProbe(TimeSpan timeout, TimeProvider time, bool throughProgram)
    {
        _timeout = timeout;
        _time = time;
        _throughProgram = throughProgram;
    }

    /// <summary>Finds out how this machine can be had to ping, by pinging itself.</summary>
    /// <exception cref="PlatformNotSupportedException">It cannot: ICMP is not permitted, and there is no <c>ping</c>.</exception>
    public static async Task<IcmpProbe> CreateAsync(TimeSpan timeout, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var probe = new IcmpProbe(timeout, time ?? TimeProvider.System, OperatingSystem.IsLinux() && !MayOpenRawSocket());
        try
        {
            await probe.SendAsync(IPAddress.Loopback, cancellationToken).ConfigureAwait(false);
        }
        catch (PingException)
        {
            // It can be had. What is wrong with this machine's own address concerns nobody who asks for another.
        }

        return probe;
    }

    /// <inheritdoc/>
    public async ValueTask<ProbeReply> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        long start = _time.GetTimestamp();
        try
        {
            PingReply reply = await SendAsync(address, cancellationToken).ConfigureAwait(false);

            // In whole milliseconds, unlike ours, but without the time that it takes to start a program.
            TimeSpan roundTrip = _throughProgram && reply.Status == IPStatus.Success
                ? TimeSpan.FromMilliseconds(reply.RoundtripTime)
                : _time.GetElapsedTime(start);
            return new ProbeReply(KindOf(reply.Status), roundTrip, DetailOf(reply.Status));
        }
        catch (PingException e)
        {
            bool isUnreachable = e.InnerException is SocketException
            {
                SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable,
            };
            return isUnreachable
                ? new ProbeReply(ProbeReplyKind.Unreachable, _time.GetElapsedTime(start))
                : new ProbeReply(ProbeReplyKind.Failed, _time.GetElapsedTime(start), (e.InnerException ?? e).Message);
        }
    }

    // Ping itself tries a raw socket and falls back to the program. It does not say which it used.
    private static bool MayOpenRawSocket()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static ProbeReplyKind KindOf(IPStatus status) => status switch
    {
        IPStatus.Success => ProbeReplyKind.Answered,
        IPStatus.TimedOut => ProbeReplyKind.Silent,
        IPStatus.DestinationHostUnreachable or IPStatus.DestinationNetworkUnreachable or IPStatus.DestinationUnreachable
            or IPStatus.DestinationPortUnreachable or IPStatus.DestinationProhibited or IPStatus.TimeExceeded
            or IPStatus.TtlExpired => ProbeReplyKind.Unreachable,
        _ => ProbeReplyKind.Failed,
    };

    private static string? DetailOf(IPStatus status) =>
        KindOf(status) is ProbeReplyKind.Unreachable or ProbeReplyKind.Failed ? status.ToString() : null;

    private async Task<PingReply> SendAsync(IPAddress address, CancellationToken cancellationToken)
    {
        using var ping = new Ping();
        return await ping.SendPingAsync(address, _timeout, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
