using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Keeping;

/// <summary>A decision on its way: it is kept, then applied and shown, in the order in which it was decided.</summary>
/// <remarks>The lane's thread calls <see cref="AddEntries"/> first, then <see cref="Apply"/> or <see cref="Refuse"/>.</remarks>
/// <param name="by">The session whose intention it is, and whose answers wait behind it; null for nobody's.</param>
/// <param name="target">Subject of steps that are applied together; null for a step that is applied alone.</param>
internal abstract class LaneStep(Session? by, object? target = null)
{
    private TaskCompletionSource<Verdict>? _completion;

    /// <summary>The session whose intention it is; null for nobody's.</summary>
    public Session? By => by;

    /// <summary>Subject of the step: those that follow each other with the same one are applied by <see cref="ApplyAll"/> of the first. Null for a step that is applied alone.</summary>
    public object? Target => target;

    /// <summary>True if it was refused, or will be: the registry did not take it, or one before it on which it was decided.</summary>
    public bool IsRefused { get; set; }

    /// <summary>True if it happens only if the store keeps it, whatever else may be delivered without.</summary>
    public bool NeedsStore { get; protected init; }

    /// <summary>About how many bytes it holds while it waits.</summary>
    public virtual int Bytes => 200;

    /// <summary>Result of the step, as far as it could still be refused.</summary>
    protected Verdict Outcome { get; set; }

    /// <summary>True if <see cref="TryKeepAhead"/> comes ahead of it: such a step is a batch of its own.</summary>
    public virtual bool IsKeptAhead => false;

    /// <summary>Keeps what is kept elsewhere than in history. False: it could not be, and the step is refused.</summary>
    public virtual bool TryKeepAhead() => true;

    /// <summary>Completes when it was applied, or refused. MUST be called before the lane has the step.</summary>
    public Task<Verdict> CompletionAsync()
        => (_completion ??= new TaskCompletionSource<Verdict>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Adds what history is to keep of it.</summary>
    public virtual void AddEntries(List<HistoryEntry> entries)
    {
    }

    /// <summary>Takes back what <see cref="AddEntries"/> has added: it is not kept, or not yet. Called in the order opposite to the steps'; only where a step needs the store.</summary>
    public virtual void Unfile()
    {
    }

    /// <summary>Changes what it changes, and shows it.</summary>
    /// <param name="publication">Takes the room that has to be flushed for it.</param>
    public abstract void Apply(Publication publication);

    /// <summary>Applies steps with one <see cref="Target"/>, of which this is the first.</summary>
    public virtual void ApplyAll(ReadOnlySpan<LaneStep> steps, Publication publication) => throw new NotSupportedException("The step has no target.");

    /// <summary>
    /// The store has refused the batch. What happens whether or not it is kept (people come, go, set modes) is applied all the
    /// same: it was decided on states that no refused message has changed.
    /// </summary>
    public virtual void Refuse(Publication publication) => Apply(publication);

    /// <summary>It was applied, or refused: whoever waits for that goes on.</summary>
    public void Complete() => _completion?.SetResult(Outcome);
}
