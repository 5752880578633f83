using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Talking;

/// <summary>The journals of all connections of a run.</summary>
internal sealed class JournalBook
{
    private readonly List<Journal> _journals = [];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Journal> All
    {
        get
        {
            lock (_journals)
            {
                return [.. _journals];
            }
        }
    }

    /// <summary>Begins one for a connection of a client to a node.</summary>
    public Journal Begin(string client, string node)
    {
        lock (_journals)
        {
            var journal = new Journal(_journals.Count + 1, client, node);
            _journals.Add(journal);
            return journal;
        }
    }
}
