using Parley.Core.Accounts;

namespace Parley.Core.Rooms;

/// <summary>The time at which somebody last spoke in a room in slow mode.</summary>
/// <param name="Who">The account, or the guest.</param>
/// <param name="Time">When, UTC.</param>
internal sealed record SpeechTime(Identity Who, DateTimeOffset Time);
