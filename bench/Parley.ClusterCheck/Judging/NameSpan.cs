using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>The time for which a client has a name on one connection, as far as it knows.</summary>
/// <param name="Journal">The connection.</param>
/// <param name="Name">The name.</param>
/// <param name="From">When it was told that it has it.</param>
/// <param name="Until">When it asked for another; null if it did not.</param>
/// <param name="Proven">When it sent the last message that was acknowledged under this name, so that it had it until then; null for none.</param>
/// <param name="IsCut">True if the connection has ended under it.</param>
internal sealed record NameSpan(Journal Journal, string Name, TimeSpan From, TimeSpan? Until, TimeSpan? Proven, bool IsCut)
{
    /// <summary>All names of a connection.</summary>
    public static IReadOnlyList<NameSpan> Of(Journal journal)
    {
        var notes = journal.Notes;
        var acknowledged = notes.OfType<Note.Acknowledged>().Select(note => note.Text).ToHashSet(StringComparer.Ordinal);
        var all = new List<NameSpan>();
        NameSpan? open = null;
        foreach (var note in notes)
        {
            switch (note)
            {
                case Note.Named its:
                    Close();
                    open = new NameSpan(journal, its.Name, its.At, null, null, IsCut: false);
                    break;
                case Note.Renaming its when open is not null:
                    open = open with { Until = open.Until ?? its.At };
                    break;
                case Note.RenameRefused when open is not null:
                    // It had the name all the time.
                    open = open with { Until = null };
                    break;
                case Note.Sent its when open is { Until: null } && acknowledged.Contains(its.Text):
                    open = open with { Proven = its.At };
                    break;
                case Note.Ended when open is not null:
                    open = open with { IsCut = true };
                    break;
            }
        }

        Close();
        return all;

        void Close()
        {
            if (open is not null)
            {
                all.Add(open);
            }
        }
    }
}
