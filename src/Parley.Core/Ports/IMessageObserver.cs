using Parley.Core.Events;

namespace Parley.Core.Ports;

/// <summary>Sees every message of every room, in each room's order, without being a member.</summary>
public interface IMessageObserver
{
    /// <summary>A room has taken a message in. Called under the room's lock: MUST NOT block, throw, or call back into the core.</summary>
    void Posted(MessagePosted message);
}
