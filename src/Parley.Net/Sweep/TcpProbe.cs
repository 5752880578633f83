using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Net.Tcp;

namespace Parley.Net.Sweep;

/// <summary>Connects to a TCP port; with a greeting to look for, also reads the first line of whoever is there.</summary>
/// <remarks>The round trip is that of the connection's handshake, not of the greeting.</remarks>
/// <param name="port">1 to 65535.</param>
/// <param name="timeout">For the connection and the greeting together.</param>
/// <param name="greeting">The first line to look for; null: a connection is answer enough.</param>
/// <param name="time">The clock.</param>
public sealed class TcpProbe(int port, TimeSpan timeout, string? greeting = null, TimeProvider? time = null) : IProbe
{
    private const int MaxGreetingBytes = 400;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async ValueTask<ProbeReply> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var patience = new CancellationTokenSource(timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        long start = _time.GetTimestamp();
        bool isConnected = false;
        TimeSpan? handshake = null;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), ending.Token).ConfigureAwait(false);
            isConnected = true;
            handshake = HandshakeTime.Of(socket);
            (ProbeReplyKind kind, string? detail) = greeting is null
                ? (ProbeReplyKind.Answered, null)
                : await HearGreetingAsync(socket, greeting, ending.Token).ConfigureAwait(false);
            return Reply(kind, detail);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return isConnected ? Reply(ProbeReplyKind.Other, "connected, said nothing") : Reply(ProbeReplyKind.Silent, null);
        }
        catch (SocketException e)
        {
            return Failure(e);
        }
        catch (IOException e) when (e.InnerException is SocketException inner)
        {
            return Failure(inner);
        }

        ProbeReply Reply(ProbeReplyKind kind, string? detail) => new(kind, handshake ?? _time.GetElapsedTime(start), detail);

        ProbeReply Failure(SocketException e) =>
            KindOf(e.SocketErrorCode) is var kind && kind == ProbeReplyKind.Failed ? Reply(kind, e.Message) : Reply(kind, null);
    }

    private static async Task<(ProbeReplyKind Kind, string? Detail)> HearGreetingAsync(
        Socket socket, string greeting, CancellationToken cancellationToken)
    {
        var stream = new NetworkStream(socket, ownsSocket: false);
        await using (stream.ConfigureAwait(false))
        {
            var lines = new LineReader(stream, MaxGreetingBytes);
            await using (lines.ConfigureAwait(false))
            {
                LineReadKind read = await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (read is not (LineReadKind.Line or LineReadKind.HalfLine))
                {
                    return (ProbeReplyKind.Other, read == LineReadKind.End ? "connected, said nothing" : "speaks something else");
                }

                string line = Encoding.UTF8.GetString(lines.Line).TrimEnd('\r');
                return line == greeting
                    ? (ProbeReplyKind.Answered, null)
                    : (ProbeReplyKind.Other, $"says: {line}");
            }
        }
    }

    private static ProbeReplyKind KindOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted => ProbeReplyKind.Refused,
        SocketError.TimedOut => ProbeReplyKind.Silent,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown =>
            ProbeReplyKind.Unreachable,
        _ => ProbeReplyKind.Failed,
    };
}
