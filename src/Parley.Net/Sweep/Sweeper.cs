using System.Net;
using System.Runtime.CompilerServices;
using Parley.Net.Pipelines;
using Parley.Net.Resolve;
using Parley.Net.Tcp;

namespace Parley.Net.Sweep;

/// <summary>Probes many hosts, so many at a time: with enough at a time it all takes as long as the slowest.</summary>
/// <param name="probe">What is done to each.</param>
/// <param name="names">Who knows the addresses of names.</param>
/// <param name="degree">How many at a time, at least 1; fewer where descriptors do not last.</param>
public sealed class Sweeper(IProbe probe, INameResolver names, int degree)
{
    /// <summary>One result for each target, the moment it is known.</summary>
    public async IAsyncEnumerable<SweepResult> SweepAsync(
        IEnumerable<SweepTarget> targets, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<Outcome<SweepTarget, SweepResult>> outcomes = targets.WithParallelism(Math.Min(degree, DescriptorBudget.Sockets())).Select(SweepOneAsync);
        await foreach (Outcome<SweepTarget, SweepResult> outcome in outcomes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return outcome.IsSuccess
                ? outcome.Value
                : new SweepResult(outcome.Input, null, new ProbeReply(ProbeReplyKind.Failed, TimeSpan.Zero, outcome.Error.Message));
        }
    }

    private async ValueTask<SweepResult> SweepOneAsync(SweepTarget target, CancellationToken cancellationToken)
    {
        IReadOnlyList<IPAddress> addresses = target.Address is { } address
            ? [address]
            : await names.ResolveAsync(target.Text, cancellationToken).ConfigureAwait(false);

        // A name is there if one of its addresses is: the first that answers speaks for it, and the others are not waited for.
        SweepResult? best = null;
        IAsyncEnumerable<Outcome<IPAddress, ProbeReply>> replies =
            addresses.WithParallelism(Math.Max(1, addresses.Count)).Select(probe.ProbeAsync);
        await foreach (Outcome<IPAddress, ProbeReply> outcome in replies.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var result = new SweepResult(target, outcome.Input, outcome.Value);
            if (best is null || result.Reply.Kind < best.Reply.Kind)
            {
                best = result;
            }

            if (best.Reply.Kind == ProbeReplyKind.Answered)
            {
                break;
            }
        }

        return best ?? new SweepResult(target, null, new ProbeReply(ProbeReplyKind.Failed, TimeSpan.Zero, "has no address"));
    }
}
