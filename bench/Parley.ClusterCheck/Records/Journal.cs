namespace Parley.ClusterCheck.Records;

/// <summary>All that happened on one connection, in order.</summary>
/// <param name="id">The connection, whose number no other of the run has.</param>
/// <param name="client">The client whose connection it is.</param>
/// <param name="node">The node that it leads to.</param>
internal sealed class Journal(int id, string client, string node)
{
    private readonly List<Note> _notes = [];

    /// <summary>The node that it leads to.</summary>
    public string Node => node;

    /// <summary>Number of the connection.</summary>
    public int Id => id;

    /// <summary>Name that others of the run know the connection by; it is its real name on IRC, too.</summary>
    public string Title => $"c{id}";

    /// <summary>Client, connection and node, for people.</summary>
    public string Description => $"{client} ({Title} at {node})";

    /// <summary>What was written down so far.</summary>
    public IReadOnlyList<Note> Notes
    {
        get
        {
            lock (_notes)
            {
                return [.. _notes];
            }
        }
    }

    /// <summary>Writes down what happened next.</summary>
    public void Add(Note note)
    {
        lock (_notes)
        {
            _notes.Add(note);
        }
    }
}
