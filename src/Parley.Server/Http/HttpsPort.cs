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
        switch (await IsTlsAsync(connection.Transport.Input))
        {
            case true:
                await next(connection);
                return;
            case null:
                return;
        }

        await connection.Transport.Output.WriteAsync(Answer);
        await connection.Transport.Output.FlushAsync();
    };

    /// <summary>Looks at the first byte, and leaves it there; null if none comes in time.</summary>
    private async Task<bool?> IsTlsAsync(PipeReader input)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var onLimit = limit.Token.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), input);
        var result = await input.ReadAsync(CancellationToken.None);
        bool? isTls = result.Buffer.IsEmpty ? null : ForeignProtocol.IsTls(result.Buffer);
        input.AdvanceTo(result.Buffer.Start);
        return isTls;
    }
}
