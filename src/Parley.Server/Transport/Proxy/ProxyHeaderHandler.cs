using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport.Proxy;

/// <summary>
/// Any protocol behind proxies: has those that may speak for others say for whom, before anything else is looked at. The
/// connection has that address from there on, in front of limits and in the log.
/// </summary>
/// <remarks>Everybody else's bytes MUST NOT be looked at: whoever could send a header could come from anywhere.</remarks>
internal sealed class ProxyHeaderHandler(
    ConnectionHandler inside, ParleyOptions options, TimeProvider time, ILogger logger, CancellationToken stopping) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (connection.RemoteEndPoint is not IPEndPoint peer || !options.ProxyFrom.Contains(peer.Address))
        {
            await inside.OnConnectedAsync(connection);
        }
        else if (await ReadHeaderAsync(connection) is { } header)
        {
            connection.Features.Set(header);
            connection.RemoteEndPoint = header.Source ?? connection.RemoteEndPoint;
            connection.LocalEndPoint = header.Destination ?? connection.LocalEndPoint;
            if (header.Tls is { } tls)
            {
                connection.Features.Set<ITlsFeature>(tls);
            }

            await inside.OnConnectedAsync(connection);
        }
        else
        {
            await connection.Transport.Input.CompleteAsync();
            await connection.Transport.Output.CompleteAsync();
        }
    }

    private async Task<ProxyHeader?> ReadHeaderAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var limit = new CancellationTokenSource(options.LoginTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        using var onEnd = end.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(CancellationToken.None);
                var buffer = result.Buffer;
                var status = ProxyHeaderParser.TryRead(ref buffer, out var header);
                var isEmpty = buffer.IsEmpty;

                // What follows the header was not looked at, and is there for whoever reads next.
                input.AdvanceTo(buffer.Start, status == ProxyHeaderStatus.Incomplete ? buffer.End : buffer.Start);
                if (status == ProxyHeaderStatus.Complete)
                {
                    return header;
                }

                if (stopping.IsCancellationRequested || (isEmpty && result.IsCompleted))
                {
                    // Many look this way whether anybody is here.
                    Log.ProxyHeaderMissing(logger, connection.RemoteEndPoint);
                    return null;
                }

                if (status == ProxyHeaderStatus.Invalid || result.IsCompleted || limit.IsCancellationRequested)
                {
                    Log.ProxyHeaderRefused(
                        logger,
                        connection.RemoteEndPoint,
                        status == ProxyHeaderStatus.Invalid ? "what it sent is none"
                        : result.IsCompleted ? "it ended in the middle of one"
                        : $"none came within {options.LoginTimeout.TotalSeconds:0.###} s");
                    return null;
                }
            }
        }
        catch (IOException)
        {
            Log.ProxyHeaderMissing(logger, connection.RemoteEndPoint);
            return null;
        }
    }
}
