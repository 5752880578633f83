using Parley.Core.History;
using Xunit;

namespace Parley.Specification;

public abstract partial class HistoryStoreSpecification
{
    [Theory]
    [InlineData("lunch", true)]
    [InlineData("lunch noon", true)]
    [InlineData("noon lunch", true)]
    [InlineData("LUNCH", true)]
    [InlineData("  lunch,noon!  ", true)]
    [InlineData("lunch dinner", false)]
    [InlineData("lun", false)]
    [InlineData("lun*", true)]
    [InlineData("unch*", false)]
    [InlineData("lu*", false)]
    [InlineData("noon* lunch", true)]
    public async Task Words_must_all_be_there_in_any_order_and_case(string words, bool found)
    {
        Store.Append([Said("main", 1, "Lunch at noon?"), Said("main", 2, "something else")]);

        Assert.Equal(found ? ["Lunch at noon?"] : [], await FindAsync("main", words));
        TidyUp();
        Assert.Equal(found ? ["Lunch at noon?"] : [], await FindAsync("main", words));
    }

    [Theory]
    [InlineData("Café Zürich", "cafe zurich")]
    [InlineData("cafe zurich", "CAFÉ ZÜRICH")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("Việt Nam", "viet")]
    [InlineData("Ελλάδα καλή", "ΕΛΛΆΔΑ")]
    [InlineData("Привет, мир", "ПРИВЕТ мир")]
    [InlineData("हिन्दी में", "हिन्दी")]
    [InlineData("東京 に 行く", "東京")]
    [InlineData("שלום עולם", "שלום")]
    [InlineData("release 2.0 is out", "2.0")]
    [InlineData("see half-time_score", "half-time score")]
    [InlineData("😀 grin", "😀 grin")]
    public async Task Words_of_any_script_are_found_without_case_and_accents(string text, string words)
    {
        Store.Append([Said("main", 1, text), Said("main", 2, "something else")]);

        Assert.Equal([text], await FindAsync("main", words));
        TidyUp();
        Assert.Equal([text], await FindAsync("main", words));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("!?.,")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("apple OR")]
    [InlineData("apple AND NOT pear")]
    [InlineData("NEAR(apple pear)")]
    [InlineData("text:apple")]
    [InlineData("apple\" OR \"pear")]
    [InlineData("apple' OR 1=1; DROP TABLE message; --")]
    [InlineData("^apple + ( ) { } - : * \\ \0 \ufffd")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    public async Task Nothing_that_people_type_means_anything_but_words(string words)
    {
        Store.Append([Said("main", 1, "an apple or a pear")]);

        Assert.InRange((await FindAsync("main", words)).Length, 0, 1);
        TidyUp();
        Assert.InRange((await FindAsync("main", words)).Length, 0, 1);
        Assert.Equal(["an apple or a pear"], await TextsAsync(new(Room("main"))));
    }

    [Fact]
    public async Task What_was_just_said_is_found_before_and_after_tidying_up()
    {
        Store.Append([Said("main", 1, "first apple")]);
        TidyUp();
        Store.Append([Said("main", 2, "second apple")]);

        Assert.Equal(["second apple", "first apple"], await FindAsync("main", "apple"));
        TidyUp();
        Assert.Equal(["second apple", "first apple"], await FindAsync("main", "apple"));
    }

    [Fact]
    public async Task Only_the_room_is_searched_and_no_direct_messages()
    {
        Store.Append([Said("main", 1, "apple 1"), Said("other", 1, "apple 2"), Told("Ann", "Bob", 1, "apple 3")]);
        TidyUp();
        Store.Append([Said("main", 2, "apple 4"), Said("other", 2, "apple 5"), Told("Ann", "Bob", 2, "apple 6")]);

        Assert.Equal(["apple 4", "apple 1"], await FindAsync("main", "apple"));
        Assert.Empty(await FindAsync("nobody", "apple"));
        Assert.Empty(await Store.SearchAsync(new(default, "apple"), Token));
    }

    [Fact]
    public async Task Closer_together_and_more_often_come_first()
    {
        Store.Append(
        [
            Said("main", 1, "the build of last night is broken again, and nobody looks at the server"),
            Said("main", 2, "the build server, the build server!"),
            Said("main", 3, "who has a build for that old server"),
            Said("main", 4, "nothing"),
        ]);
        string[] best =
        [
            "the build server, the build server!",
            "who has a build for that old server",
            "the build of last night is broken again, and nobody looks at the server",
        ];

        Assert.Equal(best, await FindAsync("main", "build server"));
        TidyUp();
        Assert.Equal(best, await FindAsync("main", "build server"));
    }

    [Fact]
    public async Task Of_equals_the_newer_come_first()
    {
        Store.Append([.. Enumerable.Range(1, 5).Select(number => Said("main", number, "apple " + number) with { Time = Start.AddDays(number) })]);
        TidyUp();

        Assert.Equal(["apple 5", "apple 4", "apple 3", "apple 2", "apple 1"], await FindAsync("main", "apple"));
    }

    [Fact]
    public async Task Matches_are_paged()
    {
        Store.Append([.. Enumerable.Range(1, 50).Select(number => Said("main", number, "apple " + number))]);
        TidyUp();
        var search = new HistorySearch(Room("main"), "apple") { Limit = 20 };

        var all = new List<string>();
        for (var skip = 0; await FindAsync(search with { Skip = skip }) is { Length: > 0 } page; skip += page.Length)
        {
            all.AddRange(page);
        }

        Assert.Equal(50, all.Distinct().Count());
        Assert.Equal(50, all.Count);
        Assert.Equal(["apple 9", "apple 8"], await FindAsync(search with { Before = 10, Limit = 2 }));
        Assert.Empty(await FindAsync(search with { Limit = 0 }));
    }

    private Task<string[]> FindAsync(string room, string words) => FindAsync(new HistorySearch(Room(room), words));

    private async Task<string[]> FindAsync(HistorySearch search) => [.. (await Store.SearchAsync(search, Token)).Select(TextOf)];
}
