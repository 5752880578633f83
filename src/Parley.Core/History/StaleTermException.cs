namespace Parley.Core.History;

/// <summary>A write was refused, all of it: it was made under a term of a cluster that is over, and its home is another now.</summary>
public sealed class StaleTermException : HistoryException
{
    /// <summary>States both terms.</summary>
    /// <param name="term">The term of the writer.</param>
    /// <param name="current">The term that goes on.</param>
    public StaleTermException(long term, long current)
        : base($"Nothing is kept under term {term}: term {current} has begun, and another node is home")
        => (Term, Current) = (term, current);

    /// <summary>The term of the writer.</summary>
    public long Term { get; }

    /// <summary>The term that goes on.</summary>
    public long Current { get; }
}
