using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Judging;

/// <summary>A client's time in a room on one connection, from when it came in until it left, or the connection ended.</summary>
/// <param name="Journal">The connection.</param>
/// <param name="Room">The room.</param>
internal sealed record Stay(Journal Journal, string Room)
{
    /// <summary>What the client was shown, in the order in which it was.</summary>
    public List<Note.Shown> Shown { get; } = [];

    /// <summary>Reason with which the client asked to leave; null if it did not.</summary>
    public string? LeftWith { get; private set; }

    /// <summary>True if it was shown that it left.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>True if the connection has ended.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True if it was told that something is missing.</summary>
    public bool HasGap { get; private set; }

    /// <summary>All stays of a connection.</summary>
    public static IReadOnlyList<Stay> Of(Journal journal)
    {
        var all = new List<Stay>();
        var open = new Dictionary<string, Stay>(StringComparer.Ordinal);
        foreach (var note in journal.Notes)
        {
            switch (note)
            {
                case Note.Entered its:
                    all.Add(open[its.Room] = new Stay(journal, its.Room));
                    break;
                case Note.Shown its when open.TryGetValue(its.Room, out var stay):
                    stay.Shown.Add(its);
                    break;
                case Note.Leaving its when open.TryGetValue(its.Room, out var stay):
                    stay.LeftWith = its.Reason;
                    break;
                case Note.Left its when open.Remove(its.Room, out var stay):
                    stay.HasLeft = true;
                    break;
                case Note.ToldOfGap:
                    foreach (var stay in open.Values)
                    {
                        stay.HasGap = true;
                    }

                    break;
                case Note.Ended:
                    foreach (var stay in open.Values)
                    {
                        stay.IsCut = true;
                    }

                    open.Clear();
                    break;
            }
        }

        return all;
    }
}
