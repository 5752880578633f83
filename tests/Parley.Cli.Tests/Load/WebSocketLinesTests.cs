using System.Net.WebSockets;
using Parley.Cli.Load;

namespace Parley.Cli.Tests.Load;

public sealed class WebSocketLinesTests
{
    [Fact]
    public async Task A_read_that_begins_behind_its_cancellation_lost_no_connection()
    {
        // A cancellation aborts the socket, whichever read it meets.
        var socket = WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions());
        await using var lines = new WebSocketLines(socket);
        socket.Abort();

        await Assert.ThrowsAsync<OperationCanceledException>(() => ReadAsync(lines, new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<IOException>(() => ReadAsync(lines, CancellationToken.None));
    }

    private static async Task ReadAsync(WebSocketLines lines, CancellationToken cancellationToken)
    {
        await foreach (string line in lines.ReadLinesAsync(cancellationToken))
        {
            Assert.Fail(line);
        }
    }
}
