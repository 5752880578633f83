using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Modes;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Xunit;

namespace Parley.Core.Tests.Modes;

/// <summary>The table of room modes.</summary>
public sealed class RoomModesTests
{
    private static readonly Actor Ann = new(1, UserName.TryParse("Ann", out var name) ? name : default);

    [Fact]
    public void Each_mode_has_one_line_and_a_letter_of_its_own()
    {
        Assert.Equal(Enum.GetValues<RoomMode>().Order(), RoomModes.All.Select(info => info.Mode).Order());
        Assert.Distinct(RoomModes.All.Select(info => info.Letter));
        Assert.All(RoomModes.All, info => Assert.Same(info, RoomModes.Of(info.Mode)));
        Assert.All(RoomModes.All, info => Assert.Same(info, RoomModes.OfLetter(info.Letter)));
        Assert.Null(RoomModes.OfLetter('?'));
    }

    [Fact]
    public void A_line_says_what_its_kind_needs()
    {
        Assert.All(RoomModes.All, info => Assert.Equal(info.Kind == RoomModeKind.Rank, info.Gives != MemberRank.None));
        Assert.All(RoomModes.All, info => Assert.Equal(info.Kind == RoomModeKind.Number, info.NumberFault.Length > 0));
        Assert.All(RoomModes.All.Where(info => info.Kind is RoomModeKind.Masks or RoomModeKind.Rank && info.Told is not null), info => Assert.Contains("{0}", info.Told!.Value.Set, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("2147483647", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData("1.5", false)]
    [InlineData(" 1", false)]
    [InlineData("2147483648", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_number_is_one_above_zero(string? text, bool isRead) => Assert.Equal(isRead, RoomModes.Of(RoomMode.Limit).TryReadNumber(text, out _));

    [Theory]
    [InlineData(RoomMode.Limit, "many")]
    [InlineData(RoomMode.Limit, null)]
    [InlineData(RoomMode.Key, "")]
    [InlineData(RoomMode.Ban, null)]
    public void An_argument_that_a_mode_does_not_take_is_refused_whichever_protocol_lets_it_through(RoomMode mode, string? argument)
    {
        var state = OwnedByAnn();

        Assert.Equal(Verdict.BadArgument, new RoomPolicy(state).RefusesMode(Ann, new RoomModeChange(IsAdding: true, mode, argument)));
    }

    [Fact]
    public void A_mode_that_there_is_not_is_refused() =>
        Assert.Equal(Verdict.NoSuchMode, new RoomPolicy(OwnedByAnn()).RefusesMode(Ann, new RoomModeChange(IsAdding: true, (RoomMode)99)));

    [Fact]
    public void A_room_keeps_people_out_while_one_of_the_modes_that_do_so_is_set()
    {
        var state = OwnedByAnn();
        Assert.False(state.KeepsOut);
        foreach (var info in RoomModes.All.Where(info => info.Kind != RoomModeKind.Rank))
        {
            var argument = info.Kind switch { RoomModeKind.Number => "5", RoomModeKind.Masks => "*!*@x", RoomModeKind.Key => "sesame", _ => null };
            Change(state, new RoomModeChange(IsAdding: true, info.Mode, argument));
            Assert.Equal(info.KeepsOut, state.KeepsOut);
            Change(state, new RoomModeChange(IsAdding: false, info.Mode, argument));
            Assert.False(state.KeepsOut);
            Assert.False(state.Has(info.Mode));
        }
    }

    private static RoomState OwnedByAnn()
    {
        var state = new RoomState(RoomName.TryParse("cellar", out var room) ? room : default, DateTimeOffset.UnixEpoch);
        state.Fold(new UserJoined(state.Name, 1, default, Ann, MemberRank.Operator));
        return state;
    }

    private static void Change(RoomState state, RoomModeChange change)
        => state.Fold(new ModesChanged(state.Name, state.Number + 1, default, Ann, [change]));
}
