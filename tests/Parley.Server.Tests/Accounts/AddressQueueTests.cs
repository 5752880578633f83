using System.Net;
using Parley.Server.Accounts;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

public sealed class AddressQueueTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    private readonly AddressQueue _queue = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_of_one_address_is_done_one_at_a_time_and_keeps_no_other_address_waiting()
    {
        var first = new TaskCompletionSource<int>();
        var begun = new List<int>();
        var tasks = Enumerable.Range(0, 3).Select(number => _queue.RunAsync(One, _ => Begin(number, first.Task), Token)).ToArray();

        Assert.Equal(7, await _queue.RunAsync(Other, _ => Task.FromResult(7), Token).WithinSafetyAsync());
        Assert.Equal(8, await _queue.RunAsync(address: null, _ => Task.FromResult(8), Token).WithinSafetyAsync());
        Assert.Equal([0], begun);

        first.SetResult(1);
        await Task.WhenAll(tasks).WithinSafetyAsync();
        Assert.Equal([0, 1, 2], begun.Order());

        Task<int> Begin(int number, Task<int> until)
        {
            begun.Add(number);
            return until;
        }
    }

    [Fact]
    public async Task Work_of_a_connection_that_is_gone_is_dropped()
    {
        var first = new TaskCompletionSource<int>();
        var underWay = _queue.RunAsync(One, _ => first.Task, Token);
        using var gone = new CancellationTokenSource();
        var isDone = false;
        var waiting = _queue.RunAsync(
            One,
            _ =>
            {
                isDone = true;
                return Task.FromResult(0);
            },
            gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WithinSafetyAsync());
        first.SetResult(1);
        await underWay.WithinSafetyAsync();
        Assert.Equal(2, await _queue.RunAsync(One, _ => Task.FromResult(2), Token).WithinSafetyAsync());
        Assert.False(isDone);
    }
}
