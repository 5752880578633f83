using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class NameEqualityTests
{
    [Theory]
    [InlineData("Bob", "bob")]
    [InlineData("bob", "BOB")]
    [InlineData("a-B_9", "A-b_9")]
    [InlineData("AbcdefghijklmnopqrsT", "aBCDEFGHIJKLMNOPQRSt")]
    public void Names_that_differ_only_in_case_are_the_same_name(string one, string other)
    {
        Assert.Equal(User(one), User(other));
        Assert.True(User(one) == User(other));
        Assert.Equal(User(one).GetHashCode(), User(other).GetHashCode());
        Assert.Equal(0, User(one).CompareTo(User(other)));

        Assert.Equal(Room(one), Room(other));
        Assert.True(Room(one) == Room(other));
        Assert.Equal(Room(one).GetHashCode(), Room(other).GetHashCode());
        Assert.Equal(0, Room(one).CompareTo(Room(other)));
    }

    [Theory]
    [InlineData("bob", "bobby")]
    [InlineData("bob", "rob")]
    [InlineData("a-b", "a_b")]
    [InlineData("0-0", "00-")]
    [InlineData("x_", "x-")]
    public void Names_that_differ_in_more_than_case_are_different(string one, string other)
    {
        Assert.NotEqual(User(one), User(other));
        Assert.NotEqual(0, User(one).CompareTo(User(other)));
        Assert.NotEqual(Room(one), Room(other));
        Assert.NotEqual(0, Room(one).CompareTo(Room(other)));
    }

    [Fact]
    public void A_name_keeps_its_spelling()
    {
        Assert.Equal("BoB", User("BoB").Value);
        Assert.Equal("BoB", User("BoB").ToString());
        Assert.Equal("MaiN", $"{Room("MaiN")}");
    }

    [Fact]
    public void A_name_is_found_in_a_set_under_any_spelling()
    {
        Assert.Contains(User("ALICE"), new HashSet<UserName> { User("Alice") });
        Assert.Contains(Room("MAIN"), new HashSet<RoomName> { Room("main") });
    }

    [Fact]
    public void Names_sort_without_case()
    {
        Assert.Equal(
            ["alice", "Bob", "carol", "DAVE"],
            new[] { User("DAVE"), User("carol"), User("Bob"), User("alice") }.Order().Select(name => name.Value));
        Assert.Equal(
            ["main", "Rust", "zoo"],
            new[] { Room("zoo"), Room("Rust"), Room("main") }.Order().Select(name => name.Value));
    }

    [Fact]
    public void The_empty_name_equals_only_itself_and_sorts_first()
    {
        Assert.Equal(default, new UserName());
        Assert.Equal(default(UserName).GetHashCode(), new UserName().GetHashCode());
        Assert.NotEqual(default, User("bob"));
        Assert.True(default(UserName).CompareTo(User("bob")) < 0);
        Assert.True(Room("main").CompareTo(default) > 0);
    }

    private static UserName User(string text) =>
        UserName.TryParse(text, out var name) ? name : throw new ArgumentException($"Not a name: {text}", nameof(text));

    private static RoomName Room(string text) =>
        RoomName.TryParse(text, out var name) ? name : throw new ArgumentException($"Not a name: {text}", nameof(text));
}
