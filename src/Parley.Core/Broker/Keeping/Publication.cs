using Parley.Core.Broker.Sessions;

namespace Parley.Core.Broker.Keeping;

/// <summary>A batch that is being delivered. Its rooms are flushed when all of it is in them: once each, not once a message.</summary>
internal sealed class Publication
{
    private readonly List<RoomFeed> _changed = [];
    private readonly List<Task> _behind = [];

    /// <summary>A room has taken something in.</summary>
    /// <param name="room">The room.</param>
    /// <param name="wait">If it is behind: completes when its members were given what they lack.</param>
    public void Add(RoomFeed room, Task? wait)
    {
        if (_changed is not [.., var last] || last != room)
        {
            _changed.Add(room);
        }

        if (wait is not null)
        {
            _behind.Add(wait);
        }
    }

    /// <summary>Has the rooms flushed soon.</summary>
    /// <returns>Completes when those that are behind have caught up.</returns>
    public Task FlushAsync()
    {
        foreach (var room in _changed)
        {
            room.ScheduleFlush();
        }

        return Task.WhenAll(_behind.Distinct());
    }
}
