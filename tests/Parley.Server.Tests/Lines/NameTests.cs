using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Lines;

public sealed class NameTests
{
    private const string BadName = "Name must be 2 - 20 alphanumeric chars";

    [Fact]
    public async Task A_rename_is_told_to_the_room_oneself_included()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/name Anna");
        await people[0].ExpectAsync("Ann is now Anna");
        await people[1].ExpectAsync("Ann is now Anna");
    }

    [Theory]
    [InlineData("/name")]
    [InlineData("/name ")]
    [InlineData("/name A")]
    [InlineData("/name ABCDEFGHIJKLMNOPQRSTU")]
    [InlineData("/name A.B")]
    [InlineData("/name Bob:")]
    public async Task A_missing_or_bad_name_changes_nothing(string line)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync(line, "/users");
        await ann.ExpectAsync(BadName, "Users - Ann");
    }

    [Theory]
    [InlineData("p\u0430ypal", "Names have letters of one script, as those of another may look the same")]
    [InlineData("1\u05d0\u05d1", "Names that are written from right to left begin with such a letter, and end with one or with a digit")]
    [InlineData("\u06611\u0660", "Names have digits of one kind")]
    [InlineData("\u0301bob", "Names have marks only on letters, four at most, and none twice")]
    public async Task A_name_that_might_be_taken_for_another_is_refused_with_the_reason(string name, string reason)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/name " + name, "/users");
        await ann.ExpectAsync(reason, "Users - Ann");
    }

    [Theory]
    [InlineData("AB")]
    [InlineData("ABCDEFGHIJKLMNOPQRST")]
    [InlineData("-_09azAZ")]
    [InlineData("[Ann]`^{}|\\")]
    [InlineData("\u00c4nne")]
    [InlineData("\u738b\u5c0f\u660e")]
    public async Task Names_are_2_to_20_letters_digits_hyphens_underscores_and_what_nicks_have(string name)
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLineAsync("/name " + name);
        await ann.ExpectAsync("Ann is now " + name);
    }

    [Theory]
    [InlineData("Bob")]
    [InlineData("bob")]
    [InlineData("BOB")]
    public async Task A_name_that_somebody_wears_in_whatever_case_is_taken(string name)
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLinesAsync("/name " + name, "/users");
        await people[0].ExpectAsync(name + " is already taken", "Users - Ann, Bob");
    }

    [Fact]
    public async Task An_old_name_is_free_at_once()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/name Anna");
        await people[0].ExpectAsync("Ann is now Anna");
        await people[1].SendLineAsync("/name ann");
        await people[1].ExpectAsync("Ann is now Anna", "Bob is now ann");
    }

    [Fact]
    public async Task The_name_of_one_who_has_left_is_free()
    {
        await using var server = new TestServer();
        var people = await server.EnterAllAsync("Ann", "Bob");
        await people[0].SendLineAsync("/quit");
        await people[0].ExpectClosedAsync();
        await people[1].ExpectAsync("Ann left");
        await people[1].SendLineAsync("/name Ann");
        await people[1].ExpectAsync("Bob is now Ann");
    }

    [Fact]
    public async Task One_may_respell_the_own_name_but_not_take_it_again()
    {
        await using var server = new TestServer();
        var ann = await server.EnterAsync("Ann");
        await ann.SendLinesAsync("/name ANN", "/name ANN");
        await ann.ExpectAsync("Ann is now ANN", "ANN is already taken");
    }

    [Fact]
    public async Task Of_many_who_want_a_name_one_gets_it()
    {
        await using var server = new TestServer();
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => server.EnterAsync($"user{i:00}")));
        await Task.WhenAll(people.Select((person, i) => person.SendLinesAsync(i % 2 == 0 ? "/name Prize" : "/name pRIZE", "/rooms")));
        var heard = await Task.WhenAll(people.Select(person => person.ReadUntilAsync("Rooms - main (20)")));
        Assert.Equal(19, heard.Count(lines => lines.Any(line => line.EndsWith("is already taken", StringComparison.Ordinal))));
    }
}
