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
    [InlineData("Die Größe der Straße", "grosse STRASSE")]
    [InlineData("Die Groesse der Strasse", "straße")]
    [InlineData("GROẞE", "große")]
    [InlineData("ὁ Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφος")]
    [InlineData("Łódź, Øresund, Þór", "lodz oresund thor")]
    [InlineData("ﬁle ①", "file 1")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("ABC12", "ＡＢＣ１２")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("ёлка", "ЕЛКА")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("so\u00ADlu\u200Btion", "solution")]
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

    [Theory]
    [InlineData("我们明天在北京大学开会讨论新的发布计划", "北京")]
    [InlineData("我们明天在北京大学开会讨论新的发布计划", "京大学")]
    [InlineData("我们明天在北京大学开会讨论新的发布计划", "发布计划 会")]
    [InlineData("我们明天在北京大学开会讨论新的发布计划", "划")]
    [InlineData("明日は東京タワーで会議をします", "東京")]
    [InlineData("明日は東京タワーで会議をします", "タワー")]
    [InlineData("明日は東京タワーで会議をします", "会議を")]
    [InlineData("ﾀﾜｰでｶﾞｲﾄﾞ", "タワー ガイド")]
    [InlineData("か\u3099くせい", "がくせい")]
    [InlineData("พรุ่งนี้เราจะประชุมกันที่กรุงเทพมหานคร", "ประชุม")]
    [InlineData("พรุ่งนี้เราจะประชุมกันที่กรุงเทพมหานคร", "กรุงเทพ")]
    [InlineData("내일 서울대학교에서 회의가 있습니다", "학교")]
    [InlineData("내일 서울대학교에서 회의가 있습니다", "회의")]
    [InlineData("\u1112\u1161\u1100\u116D", "하교")]
    [InlineData("iPhone手机v2发布", "iphone 手机 V2 发布")]
    public async Task Words_inside_of_sentences_are_found_where_they_are_written_side_by_side(string text, string words)
    {
        Store.Append([Said("main", 1, text), Said("main", 2, "某些其他 何か 기타 อื่น ๆ else")]);

        Assert.Equal([text], await FindAsync("main", words));
        TidyUp();
        Assert.Equal([text], await FindAsync("main", words));
    }

    [Theory]
    [InlineData("北京大学", "京北")]
    [InlineData("学大京北", "北京")]
    [InlineData("北京和京大", "北京大")]
    [InlineData("か", "が")]
    [InlineData("서울", "서울대")]
    public async Task Letters_that_stand_side_by_side_nowhere_are_not_found(string text, string words)
    {
        Store.Append([Said("main", 1, text)]);

        Assert.Empty(await FindAsync("main", words));
        TidyUp();
        Assert.Empty(await FindAsync("main", words));
    }

    [Theory]
    [InlineData("\u000304warning\u0003 disk", "warning", true)]
    [InlineData("\u000304warning\u0003 disk", "04warning", false)]
    [InlineData("\u00034,12warning", "warning", true)]
    [InlineData("\u0004FF0000,00ff00warning", "warning", true)]
    [InlineData("\u0002wa\u0002rning", "warning", true)]
    [InlineData("\u001Fwarn\u001Ding\u000F\u0011 \u0016now\u001E", "warning now", true)]
    [InlineData("\u00031\u000234 dogs", "34", true)]
    [InlineData("first line\nsecond line", "second", true)]
    public async Task What_is_searched_is_what_is_read(string text, string words, bool found)
    {
        Store.Append([Said("main", 1, text)]);

        Assert.Equal(found ? [text] : [], await FindAsync("main", words));
        TidyUp();
        Assert.Equal(found ? [text] : [], await FindAsync("main", words));
    }

    [Fact]
    public async Task Only_the_room_is_searched_and_no_direct_messages()
    {
        Store.Append([Said("main", 1, "apple 1"), Said("other", 1, "apple 2"), Told("Ann", "Bob", 1, "apple 3")]);
        TidyUp();
        Store.Append([Said("main", 2, "apple 4"), Said("other", 2, "apple 5"), Told("Ann", "Bob", 2, "apple 6")]);

        Assert.Equal(["apple 4", "apple 1"], await FindAsync("main", "apple"));
        Assert.Empty(await FindAsync("nobody", "apple"));
        Assert.Empty((await Store.SearchAsync(new(default, "apple"), Token)).Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_from_either_end_show_each_match_once_in_the_order_of_saying(bool oldest)
    {
        Store.Append([.. Enumerable.Range(1, 40).Select(number => Said("main", number, number % 4 == 0 ? "pear" : "apple apple " + number))]);
        TidyUp();
        Store.Append([.. Enumerable.Range(41, 20).Select(number => Said("main", number, number % 4 == 0 ? "pear" : "apple " + number))]);
        var search = new HistorySearch(Room("main"), "apple") { Limit = 7, Oldest = oldest };

        var all = new List<long>();
        while ((await Store.SearchAsync(search, Token)).Entries is { Count: > 0 } page)
        {
            all.AddRange(page.Select(entry => entry.Number));
            search = search.Behind(page[^1].Number);
        }

        var expected = Numbers(1, 60).Where(number => number % 4 != 0);
        Assert.Equal(oldest ? expected : expected.Reverse(), all);
        Assert.Empty((await Store.SearchAsync(search with { After = 0, Before = long.MaxValue, Limit = 0 }, Token)).Entries);
    }

    [Fact]
    public async Task What_one_user_wrote_is_found_with_words_and_without()
    {
        Store.Append([Said("main", 1, "apple", "Ann"), Said("main", 2, "apple", "B-b_9"), Said("main", 3, "pear", "ann"), Said("main", 4, "b-b_9 said apple")]);
        for (var tidied = 0; tidied < 2; tidied++)
        {
            Assert.Equal([4L, 3, 1], await FoundAsync(new(Room("main"), "") { Author = User("ANN") }));
            Assert.Equal([2L], await FoundAsync(new(Room("main"), "") { Author = User("b-b_9") }));
            Assert.Equal([4L, 1], await FoundAsync(new(Room("main"), "apple") { Author = User("Ann") }));
            Assert.Empty(await FoundAsync(new(Room("main"), "") { Author = User("Nobody") }));
            Assert.Empty(await FoundAsync(new(Room("main"), "")));
            TidyUp();
        }
    }

    private async Task<IEnumerable<long>> FoundAsync(HistorySearch search) => (await Store.SearchAsync(search, Token)).Entries.Select(entry => entry.Number);

    private Task<string[]> FindAsync(string room, string words) => FindAsync(new HistorySearch(Room(room), words));

    private async Task<string[]> FindAsync(HistorySearch search) => [.. (await Store.SearchAsync(search, Token)).Entries.Select(TextOf)];
}
