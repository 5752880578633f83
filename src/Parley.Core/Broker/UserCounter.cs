using Parley.Core.Events;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <summary>Counts users as they come, change and go, so that nobody has to walk all of them to know how many they are.</summary>
internal sealed class UserCounter
{
    private int _users;
    private int _invisible;
    private int _operators;
    private int _max;

    public void Came(UserProfile profile)
    {
        Changed(UserProfile.Unknown, profile);
        var users = Interlocked.Increment(ref _users);
        for (var max = _max; users > max;)
        {
            max = Interlocked.CompareExchange(ref _max, users, max);
        }
    }

    /// <summary>So many were here at a time before.</summary>
    public void NotBelow(int max)
    {
        for (var known = _max; known < max;)
        {
            var found = Interlocked.CompareExchange(ref _max, max, known);
            known = found == known ? max : found;
        }
    }

    public void Changed(UserProfile old, UserProfile profile)
    {
        Add(ref _invisible, old.IsInvisible, profile.IsInvisible);
        Add(ref _operators, old.IsOperator, profile.IsOperator);
    }

    public void Left(UserProfile profile)
    {
        Changed(profile, UserProfile.Unknown);
        Interlocked.Decrement(ref _users);
    }

    public UserCounts Count(int rooms)
        => new(Volatile.Read(ref _users), Volatile.Read(ref _invisible), Volatile.Read(ref _operators), Volatile.Read(ref _max), rooms);

    private static void Add(ref int count, bool was, bool @is)
    {
        if (was != @is)
        {
            Interlocked.Add(ref count, @is ? 1 : -1);
        }
    }
}
