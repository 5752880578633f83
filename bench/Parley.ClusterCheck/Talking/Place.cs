using System.Net;
using Parley.ClusterCheck.Records;

namespace Parley.ClusterCheck.Talking;

/// <summary>What clients share.</summary>
/// <param name="Clock">The clock of the run.</param>
/// <param name="Journals">Where they write.</param>
/// <param name="Gate">Holds them.</param>
/// <param name="Rooms">The rooms of the run.</param>
/// <param name="SharedNames">Names that all of them want.</param>
/// <param name="Nodes">Where each node listens now; null for one that is known to be down.</param>
internal sealed record Place(
    RunClock Clock, JournalBook Journals, PauseGate Gate, IReadOnlyList<string> Rooms, IReadOnlyList<string> SharedNames, Func<IReadOnlyList<(string Name, IPEndPoint? Address)>> Nodes);
