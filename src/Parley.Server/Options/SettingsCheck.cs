using Parley.Core.Names;

namespace Parley.Server.Options;

/// <summary>What settings need of each other.</summary>
internal static class SettingsCheck
{
    /// <summary>A line for each setting at fault, which begins with its name.</summary>
    public static IEnumerable<string> Faults(ParleyOptions options)
    {
        if (options.IrcPingTimeout <= options.IrcPingInterval)
        {
            yield return "irc-ping-timeout: a client would be disconnected before it is asked: give more than irc-ping-interval";
        }

        if (options.Collect.EndPoint is null)
        {
            yield break;
        }

        if (options.CollectRoom.Length == 0)
        {
            yield return "collect: say which room the lines go to, with --collect-room ROOM";
        }
        else if (!RoomName.TryParse(options.CollectRoom, out _))
        {
            yield return $"collect-room: '{options.CollectRoom}' will not do: give 2 to 20 of A-Z a-z 0-9 - _";
        }

        if (!UserName.TryParse(options.CollectName, out _))
        {
            yield return $"collect-name: '{options.CollectName}' will not do: give 2 to 20 of A-Z a-z 0-9 - _";
        }
    }
}
