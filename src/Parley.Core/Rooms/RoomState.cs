using System.Collections.Immutable;
using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>Who is in a room, and how it works: the fold of its events in order of sequence. Guarded by the room's gate.</summary>
internal sealed class RoomState(RoomName name, DateTimeOffset created) : IRoomView
{
    private static readonly RoomMode[] AllFlags =
    [
        RoomMode.InviteOnly, RoomMode.Moderated, RoomMode.MembersOnly, RoomMode.Private, RoomMode.Secret, RoomMode.ProtectedTopic,
    ];

    private readonly Dictionary<long, RoomMember> _members = [];
    private Dictionary<RoomMode, List<MaskEntry>>? _masks;
    private HashSet<long>? _invited;
    private ImmutableSortedDictionary<string, string> _values = KeptValues.None;
    private int _flags = Bit(RoomMode.MembersOnly) | Bit(RoomMode.ProtectedTopic);

    public RoomName Name { get; private set; } = name;

    public DateTimeOffset Created { get; } = created;

    /// <summary>The number of the last event.</summary>
    public long Sequence { get; private set; }

    public RoomTopic? Topic { get; private set; }

    public string? Key { get; private set; }

    public int? Limit { get; private set; }

    public IReadOnlyDictionary<string, string> Values => _values;

    public IReadOnlyCollection<RoomMode> Flags => [.. AllFlags.Where(Has)];

    public IReadOnlyCollection<RoomMember> Members => _members.Values;

    public int Count => _members.Count;

    /// <summary>Whether there is anybody in it but programs that only post.</summary>
    public bool HasPeople
    {
        get
        {
            foreach (var member in _members.Values)
            {
                if (!member.Actor.Profile.IsPoster)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public IReadOnlyList<MaskEntry> Masks(RoomMode list) => _masks?.GetValueOrDefault(list) ?? (IReadOnlyList<MaskEntry>)[];

    public bool Has(RoomMode flag) => (_flags & Bit(flag)) != 0;

    /// <summary>In a copy of what others may be told.</summary>
    public RoomSummary Summary => new(Name, Count) { Topic = Topic, Created = Created, IsSecret = Has(RoomMode.Secret) };

    /// <summary>Whether an operator has asked the user in, and it has not come yet.</summary>
    public bool IsInvited(long userId) => _invited?.Contains(userId) ?? false;

    public bool TryGet(long userId, out RoomMember member) => _members.TryGetValue(userId, out member);

    /// <summary>Takes in the next event.</summary>
    public void Fold(RoomEvent entry)
    {
        Sequence = entry.Sequence;
        var id = entry.Actor.UserId;
        switch (entry)
        {
            case UserJoined joined:
                _members.Add(id, new RoomMember(entry.Actor, joined.Rank));
                _invited?.Remove(id);
                break;
            case UserLeft or UserQuit:
                _members.Remove(id);
                break;
            case MemberKicked kicked:
                _members.Remove(kicked.Member.UserId);
                break;
            case UserRenamed renamed:
                _members[id] = _members[id] with { Actor = entry.Actor with { Name = renamed.NewName } };
                break;
            case UserUpdated updated:
                _members[id] = _members[id] with { Actor = entry.Actor with { KnownProfile = updated.NewProfile } };
                break;
            case TopicChanged topic:
                Topic = topic.Topic.Length == 0 ? null : new RoomTopic(topic.Topic, entry.Actor.Name.Value, entry.Time);
                break;
            case UserInvited { Admits: true } invited:
                (_invited ??= []).Add(invited.Invited.UserId);
                break;
            case ValueChanged changed:
                _values = _values.With(changed.Key, changed.Value);
                break;
            case RoomRenamed renamed:
                Name = renamed.NewName;
                break;
            case ModesChanged changed:
                foreach (var change in changed.Changes)
                {
                    Fold(change, entry);
                }

                break;
        }
    }

    /// <summary>A copy that later events do not touch.</summary>
    public IRoomView Copy() => new RoomSnapshot(this);

    /// <summary>The member of that name; false if nobody in the room wears it.</summary>
    public bool TryFind(UserName name, out RoomMember member)
    {
        member = _members.Values.FirstOrDefault(member => member.Actor.Name == name);
        return member.Actor.UserId != 0;
    }

    /// <summary>What a mode of ranks makes of a member; none for other modes.</summary>
    public static MemberRank RankOf(RoomMode mode) => mode switch
    {
        RoomMode.Operator => MemberRank.Operator,
        RoomMode.HalfOperator => MemberRank.HalfOperator,
        RoomMode.Voice => MemberRank.Voice,
        _ => MemberRank.None,
    };

    private static int Bit(RoomMode mode) => 1 << (int)mode;

    private void Fold(RoomModeChange change, RoomEvent entry)
    {
        switch (change.Mode)
        {
            case RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException:
                Fold(((_masks ??= []).TryGetValue(change.Mode, out var masks) ? masks : _masks[change.Mode] = []), change, entry);
                break;
            case RoomMode.Key:
                Key = change.IsAdding ? change.Argument : null;
                break;
            case RoomMode.Limit:
                Limit = change.IsAdding ? int.Parse(change.Argument!, CultureInfo.InvariantCulture) : null;
                break;
            case RoomMode.Operator or RoomMode.HalfOperator or RoomMode.Voice:
                if (UserName.TryParse(change.Argument, out var name) && TryFind(name, out var member))
                {
                    var rank = RankOf(change.Mode);
                    _members[member.Actor.UserId] = member with { Rank = change.IsAdding ? member.Rank | rank : member.Rank & ~rank };
                }

                break;
            default:
                _flags = change.IsAdding ? _flags | Bit(change.Mode) : _flags & ~Bit(change.Mode);
                break;
        }
    }

    private static void Fold(List<MaskEntry> masks, RoomModeChange change, RoomEvent entry)
    {
        if (change.IsAdding)
        {
            masks.Add(new MaskEntry(change.Argument!, entry.Actor.Name.Value, entry.Time));
        }
        else
        {
            masks.RemoveAll(mask => string.Equals(mask.Mask, change.Argument, StringComparison.OrdinalIgnoreCase));
        }
    }

    private sealed class RoomSnapshot(RoomState state) : IRoomView
    {
        private readonly Dictionary<RoomMode, MaskEntry[]>? _masks = state._masks?.ToDictionary(list => list.Key, list => list.Value.ToArray());

        public RoomName Name { get; } = state.Name;

        public DateTimeOffset Created { get; } = state.Created;

        public RoomTopic? Topic { get; } = state.Topic;

        public IReadOnlyCollection<RoomMode> Flags { get; } = state.Flags;

        public IReadOnlyDictionary<string, string> Values { get; } = state.Values;

        public string? Key { get; } = state.Key;

        public int? Limit { get; } = state.Limit;

        public IReadOnlyCollection<RoomMember> Members { get; } = [.. state._members.Values];

        public IReadOnlyList<MaskEntry> Masks(RoomMode list) => _masks?.GetValueOrDefault(list) ?? [];
    }
}
