using Microsoft.Extensions.Logging;
using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Server.Accounts;

/// <summary>Logs when registered rooms cannot be kept any more, and when they can be again.</summary>
internal sealed class WatchedRoomRegistry(IRoomRegistry registry, ILogger<WatchedRoomRegistry> logger) : IRoomRegistry
{
    private bool _hasFailed;

    public bool IsInMemory => registry.IsInMemory;

    public IReadOnlyList<RegisteredRoom> Load() => registry.Load();

    public void Save(RegisteredRoom room) => Run(() => registry.Save(room));

    public void Remove(RoomLife room) => Run(() => registry.Remove(room));

    /// <summary>The registry has an owner of its own.</summary>
    public void Dispose()
    {
    }

    private void Run(Action change)
    {
        try
        {
            change();
        }
        catch (RoomRegistryException e)
        {
            if (!_hasFailed)
            {
                Log.RoomsNotKept(logger, e.Message);
            }

            _hasFailed = true;
            throw;
        }

        if (_hasFailed)
        {
            _hasFailed = false;
            Log.RoomsKeptAgain(logger);
        }
    }
}
