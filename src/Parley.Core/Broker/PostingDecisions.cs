using Parley.Core.Broker.Timeline;
using Parley.Core.Intentions;

namespace Parley.Core.Broker;

/// <summary>Decisions on messages, as whoever says something waits for them.</summary>
internal static class PostingDecisions
{
    /// <summary>The decision, once the message is shown, or could not be kept.</summary>
    public static async ValueTask<Decision> WhenShownAsync(this Posting posting, CancellationToken cancellationToken = default)
    {
        var verdict = posting.Shown is { } shown ? await shown.WaitAsync(cancellationToken) : posting.Verdict;
        return new Decision(verdict)
        {
            Posted = verdict == Verdict.Accepted ? posting.Step?.Message ?? posting.Message : null,
            RetryAfter = posting.RetryAfter,
            Pattern = posting.Pattern,
        };
    }

    /// <summary>The decision, once the room can take more.</summary>
    public static ValueTask<Decision> WhenTakenAsync(in this Posting posting, CancellationToken cancellationToken = default)
        => posting.Wait is { } wait ? AcceptedAfterAsync(wait, cancellationToken) : new(new Decision(posting.Verdict) { RetryAfter = posting.RetryAfter, Pattern = posting.Pattern });

    private static async ValueTask<Decision> AcceptedAfterAsync(Task wait, CancellationToken cancellationToken)
    {
        await wait.WaitAsync(cancellationToken);
        return new Decision(Verdict.Accepted);
    }
}
