using System.Text;

namespace Parley.Client.Tests;

public sealed class SendingTests
{
    private const int MoreThanTheSystemBuffers = 64 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Lines_of_many_senders_stay_whole_and_each_sender_keeps_its_order()
    {
        const int Senders = 16;
        const int LinesEach = 200;
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        Task<string> heard = server.HearToEndAsync();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(
            async () =>
            {
                string padding = new((char)('a' + sender), 1 + (sender * 97));
                for (int i = 0; i < LinesEach; i++)
                {
                    await connection.SendAsync($"{sender} {i} {padding}", Token);
                }
            },
            Token)));
        await connection.CompleteAsync(Token);

        string[] lines = (await heard).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Senders * LinesEach, lines.Length);
        for (int sender = 0; sender < Senders; sender++)
        {
            string padding = new((char)('a' + sender), 1 + (sender * 97));
            Assert.Equal(
                Enumerable.Range(0, LinesEach).Select(i => $"{sender} {i} {padding}"),
                lines.Where(line => line.StartsWith($"{sender} ", StringComparison.Ordinal)));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Text_goes_out_as_UTF8_and_bytes_as_they_are()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await connection.SendAsync("Grüße 🎉", Token);
        await connection.SendAsync("", Token);
        await connection.SendAsync("as bytes"u8.ToArray(), Token);
        await connection.CompleteAsync(Token);

        Assert.Equal("Grüße 🎉\n\nas bytes\n", await server.HearToEndAsync());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    [InlineData("a\n")]
    public async Task A_line_break_in_a_line_is_refused_and_sends_nothing(string line)
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await Assert.ThrowsAsync<ArgumentException>(async () => await connection.SendAsync(line, Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await connection.SendAsync(Encoding.UTF8.GetBytes(line), Token));
        await connection.CompleteAsync(Token);

        Assert.Equal("", await server.HearToEndAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Sending_waits_for_a_server_that_does_not_read()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        ValueTask send = connection.SendAsync(new byte[MoreThanTheSystemBuffers], Token);
        await server.Stream.ReadExactlyAsync(new byte[1], Token);
        Assert.False(send.IsCompleted);

        Task<string> rest = server.HearToEndAsync();
        await send;
        await connection.CompleteAsync(Token);
        Assert.Equal(MoreThanTheSystemBuffers, (await rest).Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_follows_a_line_that_was_cut_off()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        using var cancel = new CancellationTokenSource();

        ValueTask send = connection.SendAsync(new byte[MoreThanTheSystemBuffers], cancel.Token);
        await server.Stream.ReadExactlyAsync(new byte[1], Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await send);
        await Assert.ThrowsAsync<IOException>(async () => await connection.SendAsync("next", Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_line_cancelled_before_its_turn_leaves_the_connection_usable()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await connection.SendAsync("never", new CancellationToken(canceled: true)));
        await connection.SendAsync("next", Token);
        await connection.CompleteAsync(Token);

        Assert.Equal("next\n", await server.HearToEndAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Sending_after_disposal_says_so()
    {
        using var server = new ScriptedServer();
        ParleyConnection connection = await server.ConnectAsync();
        await connection.DisposeAsync();
        await connection.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await connection.SendAsync("late", Token));
    }
}
