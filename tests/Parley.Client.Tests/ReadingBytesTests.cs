using System.Buffers;
using System.Text;

namespace Parley.Client.Tests;

public sealed class ReadingBytesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Lines_that_came_together_are_handed_out_together_with_their_ends()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync("one\r\ntwo\n\nthr");

        Assert.Equal("one\r\ntwo\n\n", await NextAsync(connection));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_is_handed_out_when_it_has_come_to_its_end()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        await using IAsyncEnumerator<ReadOnlySequence<byte>> reading = connection.ReadBytesAsync(Token).GetAsyncEnumerator(Token);

        ValueTask<bool> next = reading.MoveNextAsync();
        foreach (byte b in "half\n"u8.ToArray())
        {
            Assert.False(next.IsCompleted);
            await server.SayAsync([b]);
        }

        Assert.True(await next);
        Assert.Equal("half\n", Encoding.UTF8.GetString(reading.Current));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_lost_or_cut_over_many_buffers()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        string all = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i}: {new string('x', i % 300)}\n"));

        Task said = server.SayAsync(all + "the last");
        _ = said.ContinueWith(_ => server.Close(), Token, TaskContinuationOptions.None, TaskScheduler.Default);

        var read = new StringBuilder();
        await foreach (ReadOnlySequence<byte> lines in connection.ReadBytesAsync(Token))
        {
            string text = Encoding.UTF8.GetString(lines);
            Assert.True(text.EndsWith('\n') || text.EndsWith("the last", StringComparison.Ordinal), text);
            read.Append(text);
        }

        Assert.Equal(all + "the last", read.ToString());
        await said;
    }

    [Fact(Timeout = 30_000)]
    public async Task Reading_changes_between_lines_and_bytes_without_a_loss()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        await server.SayAsync("one\ntwo\nthree\nfo");

        Assert.Equal(["one"], await connection.ReadLinesAsync(Token).Take(1).ToListAsync(Token));
        Assert.Equal("two\nthree\n", await NextAsync(connection));
        await server.SayAsync("ur\n");
        Assert.Equal(["four"], await connection.ReadLinesAsync(Token).Take(1).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_that_does_not_end_is_an_error_that_names_the_limit()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync(new ClientOptions { MaxLineBytes = 10 });
        await server.SayAsync("0123456789x");

        InvalidDataException e = await Assert.ThrowsAsync<InvalidDataException>(() => NextAsync(connection));
        Assert.Contains("10 bytes", e.Message, StringComparison.Ordinal);
    }

    private static async Task<string> NextAsync(ParleyConnection connection)
    {
        await foreach (ReadOnlySequence<byte> lines in connection.ReadBytesAsync(Token))
        {
            return Encoding.UTF8.GetString(lines);
        }

        throw new EndOfStreamException();
    }
}
