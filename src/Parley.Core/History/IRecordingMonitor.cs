namespace Parley.Core.History;

/// <summary>Is told how keeping history goes. Called on the recorder's thread: MUST NOT block or throw.</summary>
public interface IRecordingMonitor
{
    /// <summary>A batch was kept.</summary>
    /// <param name="messages">How many messages.</param>
    /// <param name="took">How long the store took.</param>
    void Kept(int messages, TimeSpan took);

    /// <summary>The store has failed; told once, until <see cref="Recovered"/>.</summary>
    void Failed(HistoryException cause);

    /// <summary>The store works again.</summary>
    void Recovered();

    /// <summary>What can wait (the search index, removing what is past its retention) could not be done; it is tried again.</summary>
    void TidyFailed(HistoryException cause);

    /// <summary>Messages were delivered while the store had failed, and will not be in history.</summary>
    void Lost(long messages);
}
