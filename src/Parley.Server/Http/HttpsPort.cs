using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Connections;

namespace Parley.Server.Http;

/// <summary>Tells whoever comes in plain text to a port for HTTP over TLS so, in plain text. Stands in front of TLS.</summary>
/// <param name="timeout">How long the first byte may take.</param>
/// <param name="time">The clock.</param>
internal sealed class HttpsPort(TimeSpan timeout, TimeProvider time)
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: 54\r\n\r\n"
        + "This port is for https: ask again with https:// there\n");

    public ConnectionDelegate LetThrough(ConnectionDelegate next) => async connection =>
    {
        if (await IsTlsAsync(connection.Transport.Input))
        {
            await next(connection);
            return;
        }

        await connection.Transport.Output.WriteAsync(Answer);
        await connection.Transport.Output.FlushAsync();
    };

    /// <summary>Looks at the first byte, and leaves it there. What does not come in time is for the handshake to refuse.</summary>
    private async Task<bool> IsTlsAsync(PipeReader input)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var onLimit = limit.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        var result = await input.ReadAsync(CancellationToken.None);
        var isTls = result.Buffer.IsEmpty || ForeignProtocol.IsTls(result.Buffer);
        input.AdvanceTo(result.Buffer.Start);
        return isTls;
    }
}
