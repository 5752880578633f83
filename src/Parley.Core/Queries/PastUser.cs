using Parley.Core.Events;

namespace Parley.Core.Queries;

/// <summary>Somebody who wore a name and does so no more.</summary>
/// <param name="Actor">The name and profile at the end.</param>
/// <param name="Until">When that was, UTC.</param>
public readonly record struct PastUser(Actor Actor, DateTimeOffset Until);
