using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Parley.Server.Connections;

namespace Parley.Server.Http;

/// <summary>Tells whoever comes in plain text to a port for HTTP over TLS so, and whoever begins with TLS at one for plain text, both in plain text. Stands in front of TLS.</summary>
/// <param name="isEncrypted">Whether the port is for TLS.</param>
/// <param name="timeout">Time that the first byte may take, 0 and above.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told of whoever begins with TLS at a port for plain text.</param>
internal sealed class HttpPort(bool isEncrypted, TimeSpan timeout, TimeProvider time, ILogger logger)
{
    private static readonly byte[] UseHttps = Answer("This port is for https: ask again with https:// there\n");
    private static readonly byte[] UseHttp = Answer("This port is for http without TLS: ask again with http:// there, or at the port for https\n");

    public ConnectionDelegate LetThrough(ConnectionDelegate next) => async connection =>
    {
        // A server that stops waits for nobody who has said nothing.
        var stops = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        var isTls = await IsTlsAsync(connection.Transport.Input, stops);
        if (isTls == isEncrypted || (isTls is null && !isEncrypted))
        {
            // Who says nothing at a plain port, as browsers do that connect ahead, has the time that HTTP gives.
            await next(connection);
        }
        else if (isTls is not null)
        {
            if (!isEncrypted)
            {
                Log.WrongProtocol(logger, connection.RemoteEndPoint, "TLS");
            }

            await connection.Transport.Output.WriteAsync(isEncrypted ? UseHttps : UseHttp);
        }
    };

    private static byte[] Answer(string words) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: {words.Length}\r\n\r\n{words}"));

    /// <summary>Looks at the first byte, and leaves it there; null if none comes in time.</summary>
    private async Task<bool?> IsTlsAsync(PipeReader input, CancellationToken stops)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var onLimit = limit.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        using var onStop = stops.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        var result = await input.ReadAsync(CancellationToken.None);
        bool? isTls = result.Buffer.IsEmpty ? null : ForeignProtocol.IsTls(result.Buffer);
        input.AdvanceTo(result.Buffer.Start);
        return isTls;
    }
}
