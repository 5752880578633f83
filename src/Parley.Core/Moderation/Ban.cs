using System.Globalization;

namespace Parley.Core.Moderation;

/// <summary>Somebody may not come in, or not speak: into the server or a room, wherever the ban is kept.</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="By">Name of whoever made it.</param>
/// <param name="Made">When it was made, UTC.</param>
public sealed record Ban(BanSubject Subject, string By, DateTimeOffset Made)
{
    /// <summary>End, UTC; null for a ban that lasts until it is lifted.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One line, which the banned person is told; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The words for the banned person, without a full stop.</summary>
    /// <param name="place">The server or the room that the ban is from.</param>
    public string Words(string place)
        => $"You are banned from {place}{(Until is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "")}{(Reason.Length == 0 ? "" : ": " + Reason)}";

    /// <summary>True if it has ended. Nothing else ends a ban: there is no timer.</summary>
    public bool IsOverAt(DateTimeOffset now) => Until <= now;
}
