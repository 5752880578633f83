using Parley.Net.Pipelines;
using Parley.TestKit;

namespace Parley.Net.Tests.Pipelines;

public sealed class PipelineTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task Every_item_has_one_outcome(int degree)
    {
        List<Outcome<int, int>> outcomes = await Enumerable.Range(0, 200).WithParallelism(degree).Select(n => n * n).ToListAsync(Ending);

        Assert.Equal(Enumerable.Range(0, 200), outcomes.Select(outcome => outcome.Input).Order());
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Input * outcome.Input, outcome.Value));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_ready_first_comes_first()
    {
        var first = new TaskCompletionSource<string>();
        await using var outcomes = Of("slow", "quick").WithParallelism(2)
            .Select((item, _) => item == "slow" ? new ValueTask<string>(first.Task) : ValueTask.FromResult(item))
            .GetAsyncEnumerator(Ending);

        Assert.True(await outcomes.MoveNextAsync());
        Assert.Equal("quick", outcomes.Current.Value);
        first.SetResult("slow");
        Assert.True(await outcomes.MoveNextAsync());
        Assert.Equal("slow", outcomes.Current.Value);
        Assert.False(await outcomes.MoveNextAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task In_order_the_quick_waits_for_the_slow_before_it()
    {
        var quickIsDone = new TaskCompletionSource();
        List<Outcome<string, string>> outcomes = await Of("slow", "quick").WithParallelism(2).InOrder()
            .Select(async (item, _) =>
            {
                if (item == "slow")
                {
                    await quickIsDone.Task;
                }

                quickIsDone.TrySetResult();
                return item;
            })
            .ToListAsync(Ending);

        Assert.Equal(["slow", "quick"], outcomes.Select(outcome => outcome.Value));
    }

    [Fact(Timeout = 60_000)]
    public async Task Order_holds_for_many()
    {
        List<Outcome<int, int>> outcomes = await Enumerable.Range(0, 2_000).WithParallelism(16).InOrder()
            .Select(async (item, _) =>
            {
                if (item % 3 == 0)
                {
                    await Task.Yield();
                }

                return item;
            })
            .ToListAsync(Ending);

        Assert.Equal(Enumerable.Range(0, 2_000), outcomes.Select(outcome => outcome.Value));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_failure_of_an_item_is_told_with_the_item_and_the_others_go_on(bool inOrder)
    {
        ParallelSource<int> source = Enumerable.Range(1, 5).WithParallelism(2);
        List<Outcome<int, int>> outcomes = await (inOrder ? source.InOrder() : source).Select(n => 12 / (n - 3)).ToListAsync(Ending);

        Outcome<int, int> failed = Assert.Single(outcomes, outcome => !outcome.IsSuccess);
        Assert.Equal(3, failed.Input);
        Assert.IsType<DivideByZeroException>(failed.Error);
        Assert.Throws<DivideByZeroException>(() => failed.Value);
        Assert.Equal(4, outcomes.Count(outcome => outcome.IsSuccess));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_item_that_times_out_by_itself_is_a_failed_item()
    {
        Outcome<int, int> outcome = await Enumerable.Range(0, 1).WithParallelism(1)
            .Select(ValueTask<int> (_, _) => throw new OperationCanceledException("timed out"))
            .SingleAsync(Ending);

        Assert.IsType<OperationCanceledException>(outcome.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_source_that_throws_ends_the_whole_after_the_outcomes_of_what_it_gave()
    {
        List<int> seen = [];
        var mayEnd = new TaskCompletionSource();
        var e = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (Outcome<int, int> outcome in Broken(mayEnd).WithParallelism(4).Select(async (item, leaving) =>
            {
                await mayEnd.Task;
                leaving.ThrowIfCancellationRequested();
                return item;
            }).WithCancellation(Ending))
            {
                seen.Add(outcome.Value);
            }
        });

        Assert.Equal("the end is missing", e.Message);
        Assert.Equal([1, 2], seen.Order());
    }

    [Fact]
    public void A_degree_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of("a").WithParallelism(0));

    private static IEnumerable<string> Of(params string[] items) => items;

    private static async IAsyncEnumerable<int> Broken(TaskCompletionSource mayEnd)
    {
        yield return 1;
        yield return 2;
        await Task.Yield();
        mayEnd.SetResult();
        throw new InvalidDataException("the end is missing");
    }
}
