namespace Parley.Client.Tests;

public sealed class HalfCloseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task After_completing_the_server_sees_the_end_and_its_answers_still_arrive()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await connection.SendAsync("question", Token);
        await connection.CompleteAsync(Token);
        Assert.Equal("question\n", await server.HearToEndAsync());
        await server.SayAsync("answer\n");
        server.Close();

        Assert.Equal(["answer"], await connection.ReadLinesAsync(Token).ToListAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Sending_after_completing_is_refused()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        await connection.CompleteAsync(Token);
        await connection.CompleteAsync(Token);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await connection.SendAsync("late", Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Completing_waits_for_the_line_that_is_being_sent()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();
        byte[] line = new byte[64 * 1024 * 1024];

        ValueTask send = connection.SendAsync(line, Token);
        Task complete = connection.CompleteAsync(Token);
        Assert.False(complete.IsCompleted);

        Assert.Equal(line.Length + 1, (await server.HearToEndAsync()).Length);
        await send;
        await complete;
    }

    [Fact(Timeout = 30_000)]
    public async Task Completing_a_connection_that_was_reset_is_no_error()
    {
        using var server = new ScriptedServer();
        await using ParleyConnection connection = await server.ConnectAsync();

        server.Reset();
        await Assert.ThrowsAsync<IOException>(async () => await connection.ReadLinesAsync(Token).ToListAsync(Token));

        await connection.CompleteAsync(Token);
    }
}
