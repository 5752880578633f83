using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>The name of a room at one moment, as its members were shown it.</summary>
/// <param name="Name">The name.</param>
/// <param name="FormerNames">Names that it had before.</param>
/// <param name="Count">Number of renamings that were decided so far.</param>
/// <param name="Pending">Completes when the last one is shown, or refused; null if there was none.</param>
internal readonly record struct RoomNaming(RoomName Name, IReadOnlyList<FormerName> FormerNames, int Count, Task? Pending);
