using System.Text;

namespace Parley.Client.Tests;

public sealed class ReadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Lines_come_without_their_ends_LF_or_CRLF()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync("one\ntwo\r\n\nfour\n");
        server.Close();

        Assert.Equal(["one", "two", "", "four"], await connection.ReadLinesAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_last_line_without_an_end_is_a_line()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync("whole\nunfinish");
        server.Close();

        Assert.Equal(["whole", "unfinish"], await connection.ReadLinesAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_character_split_over_two_packets_is_one_character()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        byte[] party = Encoding.UTF8.GetBytes("🎉 ünï\n");

        IAsyncEnumerator<string> lines = connection.ReadLinesAsync(Token).GetAsyncEnumerator(Token);
        ValueTask<bool> next = lines.MoveNextAsync();
        foreach (byte b in party)
        {
            Assert.False(next.IsCompleted);
            await server.SayAsync([b]);
        }

        Assert.True(await next);
        Assert.Equal("🎉 ünï", lines.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task Bytes_that_are_not_UTF8_become_replacement_characters()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await server.SayAsync([(byte)'a', 0xFF, (byte)'b', (byte)'\n']);
        server.Close();

        Assert.Equal(["a\uFFFDb"], await connection.ReadLinesAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_list_of_thousands_of_rooms_is_one_line()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        string rooms = "Rooms - " + string.Join(", ", Enumerable.Range(0, 50_000).Select(i => $"room{i} ({i})"));

        Task said = server.SayAsync(rooms + "\nnext\n");
        IAsyncEnumerable<string> lines = connection.ReadLinesAsync(Token);

        Assert.Equal([rooms, "next"], await lines.Take(2).ToListAsync(Token));
        await said;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_over_the_limit_is_an_error_that_names_the_limit()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync(new ClientOptions { MaxLineBytes = 10 });

        await server.SayAsync("0123456789\n0123456789x");

        IAsyncEnumerator<string> lines = connection.ReadLinesAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("0123456789", lines.Current);
        InvalidDataException e = await Assert.ThrowsAsync<InvalidDataException>(async () => await lines.MoveNextAsync());
        Assert.Contains("10 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_enumeration_left_half_way_is_taken_up_where_it_was_left()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        await server.SayAsync("one\ntwo\nthree\n");

        Assert.Equal(["one"], await connection.ReadLinesAsync(Token).Take(1).ToListAsync(Token));
        Assert.Equal(["two", "three"], await connection.ReadLinesAsync(Token).Take(2).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_reader_at_the_same_time_is_refused()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        IAsyncEnumerator<string> first = connection.ReadLinesAsync(Token).GetAsyncEnumerator(Token);
        ValueTask<bool> line = first.MoveNextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.ReadLinesAsync(Token).ToListAsync(Token));

        await server.SayAsync("for the first\n");
        Assert.True(await line);
        Assert.Equal("for the first", first.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_read_can_be_cancelled_and_taken_up_again()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        using var cancel = new CancellationTokenSource();
        IAsyncEnumerator<string> lines = connection.ReadLinesAsync(cancel.Token).GetAsyncEnumerator(Token);
        ValueTask<bool> next = lines.MoveNextAsync();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await server.SayAsync("later\n");

        Assert.Equal(["later"], await connection.ReadLinesAsync(Token).Take(1).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reset_by_the_server_is_an_error_not_an_end()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        server.Reset();

        await Assert.ThrowsAsync<IOException>(async () => await connection.ReadLinesAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_ends_a_read_under_way()
    {
        using var server = new ScriptedServer();
        ParleyConnection connection = await server.ConnectAsync();
        IAsyncEnumerator<string> lines = connection.ReadLinesAsync(Token).GetAsyncEnumerator(Token);
        ValueTask<bool> next = lines.MoveNextAsync();

        await connection.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await next);
    }
}
