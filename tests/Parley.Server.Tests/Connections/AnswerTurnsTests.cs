using Parley.Server.Connections;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

public sealed class AnswerTurnsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(8, 7)]
    public void One_processor_if_there_are_two_is_left_for_everybody_else(int processors, int atOnce)
        => Assert.Equal(atOnce, AnswerTurns.AtOnce(processors));

    [Fact]
    public async Task Slices_of_many_are_worked_on_one_after_the_other_in_the_order_of_asking()
    {
        using var turns = new AnswerTurns(atOnce: 1);
        var first = new TaskCompletionSource<int>();
        var begun = new List<int>();
        var work = Enumerable.Range(0, 3).Select(number => turns.RunAsync(_ => BeginAsync(number), Token).AsTask()).ToArray();
        using var gone = new CancellationTokenSource();
        var dropped = turns.RunAsync(_ => BeginAsync(7), gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped.WithinSafetyAsync());
        Assert.DoesNotContain(1, begun);

        first.SetResult(0);

        await Task.WhenAll(work).WithinSafetyAsync();
        Assert.Equal([0, 1, 2], begun);

        async ValueTask<int> BeginAsync(int number)
        {
            begun.Add(number);
            return await first.Task;
        }
    }

    [Fact]
    public async Task A_slice_that_fails_leaves_its_place_to_the_next()
    {
        using var turns = new AnswerTurns(atOnce: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.RunAsync<int>(_ => throw new InvalidOperationException(), Token).AsTask());

        Assert.Equal(3, await turns.RunAsync(_ => new ValueTask<int>(3), Token).AsTask().WithinSafetyAsync());
    }
}
