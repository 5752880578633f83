using Parley.Core.History;
using Xunit;

namespace Parley.Core.Tests.History;

public sealed class FairQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_for_much_waits_behind_whoever_asks_for_little()
    {
        var queue = new FairQueue(1);
        var order = new List<string>();
        var first = await queue.EnterAsync("flood", Token);
        var waiting = new List<Task>();
        for (var i = 0; i < 3; i++)
        {
            waiting.Add(DoAsync("flood"));
        }

        waiting.Add(DoAsync("ann"));
        waiting.Add(DoAsync("bob"));
        first.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["flood", "ann", "bob", "flood", "flood"], order);

        async Task DoAsync(string client)
        {
            using var place = await queue.EnterAsync(client, Token);
            order.Add(client);
        }
    }

    [Fact]
    public async Task Whoever_gives_up_takes_no_place_with_it()
    {
        var queue = new FairQueue(1);
        var first = await queue.EnterAsync("ann", Token);
        using var given = new CancellationTokenSource();
        var gone = queue.EnterAsync("bob", given.Token).AsTask();
        var next = queue.EnterAsync("cyd", Token).AsTask();

        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        first.Dispose();

        (await next).Dispose();
        (await queue.EnterAsync("dan", Token)).Dispose();
    }
}
