namespace Parley.Core.History;

/// <summary>History cannot be kept or read at the moment; the message says why, and what to do, in one line.</summary>
public class HistoryException : Exception
{
    /// <summary>Wraps what the store ran into.</summary>
    public HistoryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
