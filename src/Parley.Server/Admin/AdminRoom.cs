namespace Parley.Server.Admin;

/// <summary>A room with somebody in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Users">How many are in it.</param>
/// <param name="Secret">Whether lists leave it out for those who are not in it.</param>
public sealed record AdminRoom(string Name, int Users, bool Secret)
{
    /// <summary>Its topic; null if none was set.</summary>
    public string? Topic { get; init; }

    /// <summary>When the topic was set, UTC; null if none was.</summary>
    public DateTimeOffset? TopicSet { get; init; }

    /// <summary>When it was made, UTC; null where that was not asked for.</summary>
    public DateTimeOffset? Created { get; init; }
}
