using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parley.Net.Pipelines;

/// <summary>The work of a parallel pipeline: <see cref="Parallel"/> bounds it, a rendezvous hands outcomes to the consumer.</summary>
/// <remarks>MUST: an item's slot stays taken until the consumer has its outcome. That makes the degree bound everything.</remarks>
internal sealed class ParallelSelect<TIn, TOut>(
    IAsyncEnumerable<TIn> source,
    int degree,
    bool inOrder,
    Func<TIn, CancellationToken, ValueTask<TOut>> selector) : IAsyncEnumerable<Outcome<TIn, TOut>>
{
    public async IAsyncEnumerator<Outcome<TIn, TOut>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = Channel.CreateBounded<Outcome<TIn, TOut>>(0);
        Task work = WorkAsync(outcomes.Writer, leaving.Token);
        try
        {
            await foreach (Outcome<TIn, TOut> outcome in outcomes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
        }
    }

    /// <summary>Never throws: what the source throws goes through the channel.</summary>
    private async Task WorkAsync(ChannelWriter<Outcome<TIn, TOut>> outcomes, CancellationToken leaving)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = leaving };
        try
        {
            // Not the token that comes with the turn: it is also cancelled when the source throws, and what the source gave
            // before that is to be finished.
            await Parallel.ForEachAsync(TakeTurnsAsync(leaving), options, async (turn, _) =>
            {
                Outcome<TIn, TOut> outcome = await WorkOnAsync(turn.Item, leaving).ConfigureAwait(false);
                await turn.Before.WaitAsync(leaving).ConfigureAwait(false);
                await outcomes.WriteAsync(outcome, leaving).ConfigureAwait(false);
                turn.End();
            }).ConfigureAwait(false);
            outcomes.Complete();
        }
        catch (Exception e)
        {
            outcomes.Complete(e);
        }
    }

    private async IAsyncEnumerable<Turn<TIn>> TakeTurnsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Task before = Task.CompletedTask;
        await foreach (TIn item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var turn = new Turn<TIn>(item, before);
            before = inOrder ? turn.Over : Task.CompletedTask;
            yield return turn;
        }
    }

    private async ValueTask<Outcome<TIn, TOut>> WorkOnAsync(TIn item, CancellationToken leaving)
    {
        try
        {
            return new Outcome<TIn, TOut>(item, await selector(item, leaving).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            return new Outcome<TIn, TOut>(item, e);
        }
    }
}
