using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Loop;

public sealed class ConnectionTableTests
{
    [Fact]
    public async Task A_token_never_stands_for_two_connections()
    {
        await using var loop = new TestLoop();
        var (first, _) = await loop.ConnectAsync();
        var (second, _) = await loop.ConnectAsync();
        var table = new ConnectionTable();
        var old = table.Add(first);
        Assert.Same(first, table.Find(old));
        table.Remove(old);
        Assert.Null(table.Find(old));
        var token = table.Add(second);
        Assert.NotEqual(old, token);
        Assert.Null(table.Find(old));
        Assert.Same(second, table.Find(token));
    }

    [Fact]
    public async Task A_token_removed_twice_is_not_given_to_two_connections()
    {
        await using var loop = new TestLoop();
        var (first, _) = await loop.ConnectAsync();
        var (second, _) = await loop.ConnectAsync();
        var table = new ConnectionTable();
        var old = table.Add(first);
        table.Remove(old);
        table.Remove(old);
        var (one, other) = (table.Add(first), table.Add(second));
        Assert.NotEqual(one, other);
        Assert.Same(first, table.Find(one));
        Assert.Same(second, table.Find(other));
    }

    [Fact]
    public async Task Thousands_of_connections_are_each_found_by_their_own_token()
    {
        await using var loop = new TestLoop();
        var (first, _) = await loop.ConnectAsync();
        var (second, _) = await loop.ConnectAsync();
        var table = new ConnectionTable();
        var tokens = Enumerable.Range(0, 5000).Select(i => table.Add(i % 2 == 0 ? first : second)).ToArray();
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
        Assert.DoesNotContain(Epoll.WakeToken, tokens);
        Assert.All(tokens.Index(), each => Assert.Same(each.Index % 2 == 0 ? first : second, table.Find(each.Item)));
    }

    [Fact]
    public async Task A_late_event_of_a_closed_connection_does_not_reach_the_one_in_its_place()
    {
        await using var loop = new TestLoop();
        var (one, oneClient) = await loop.ConnectAsync();
        var (two, twoClient) = await loop.ConnectAsync();
        var (next, nextClient) = await loop.ConnectSocketsAsync();
        var opened = new TaskCompletionSource<LoopConnection>(TaskCreationOptions.RunContinuationsAsynchronously);
        var closing = 0;
        var handlers = new[] { HandleAsync(one, two), HandleAsync(two, one) };

        // In one batch: the first closes the other, whose event is still to come and would say that it is at its end.
        using (var hold = await loop.HoldAsync())
        {
            oneClient.Shutdown(SocketShutdown.Send);
            twoClient.Shutdown(SocketShutdown.Send);
            hold.Set();
        }

        var connection = await opened.Task.WithinSafetyAsync();
        await loop.PassAsync();
        await Task.WhenAll(handlers).WithinSafetyAsync();
        TestLoop.Send(nextClient, "hello"u8);
        var result = await TestLoop.ReadAsync(connection);
        Assert.Equal("hello", Encoding.ASCII.GetString(result.Buffer.ToArray()));
        Assert.False(result.IsCompleted);
        connection.Input.AdvanceTo(result.Buffer.End);
        Assert.Empty(loop.Errors);

        async Task HandleAsync(LoopConnection connection, LoopConnection other)
        {
            await connection.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            if (Interlocked.Exchange(ref closing, 1) == 1)
            {
                return;
            }

            other.Input.CancelPendingRead();
            await loop.CloseAsync(other);
            opened.SetResult(loop.Take(next));
        }
    }
}
