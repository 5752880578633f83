using Xunit;

namespace Parley.Specification;

public abstract partial class AccountStoreSpecification
{
    [Fact]
    public async Task A_value_is_read_as_it_was_set_last()
    {
        await CreateAsync("Ann");
        Assert.Null(await Store.GetValueAsync(IdOf("Ann"), "metadata", "display-name", Token));

        Assert.True(await Store.SetValueAsync(IdOf("Ann"), "metadata", "display-name", "Änne\0 🎉", Token));
        Assert.Equal("Änne\0 🎉", await Store.GetValueAsync(IdOf("ANN"), "metadata", "display-name", Token));

        Assert.True(await Store.SetValueAsync(IdOf("Ann"), "metadata", "display-name", "", Token));
        Assert.Equal("", await Store.GetValueAsync(IdOf("Ann"), "metadata", "display-name", Token));
    }

    [Fact]
    public async Task A_value_is_of_one_account_one_kind_and_one_key()
    {
        await CreateAsync("Ann", "Bob");
        await Store.SetValueAsync(IdOf("Ann"), "marker", "main", "1", Token);
        await Store.SetValueAsync(IdOf("Ann"), "marker", "MAIN", "2", Token);
        await Store.SetValueAsync(IdOf("Ann"), "metadata", "main", "3", Token);
        await Store.SetValueAsync(IdOf("Bob"), "marker", "main", "4", Token);

        Assert.Equal("1", await Store.GetValueAsync(IdOf("Ann"), "marker", "main", Token));
        Assert.Equal("2", await Store.GetValueAsync(IdOf("Ann"), "marker", "MAIN", Token));
        Assert.Equal("3", await Store.GetValueAsync(IdOf("Ann"), "metadata", "main", Token));
        Assert.Equal("4", await Store.GetValueAsync(IdOf("Bob"), "marker", "main", Token));
    }

    [Fact]
    public async Task Values_of_a_kind_are_listed_by_key()
    {
        await CreateAsync("Ann", "Bob");
        foreach (var key in new[] { "b", "a", "B", "é" })
        {
            await Store.SetValueAsync(IdOf("Ann"), "marker", key, "of " + key, Token);
        }

        await Store.SetValueAsync(IdOf("Ann"), "metadata", "c", "no marker", Token);
        await Store.SetValueAsync(IdOf("Bob"), "marker", "c", "not hers", Token);

        var values = await Store.ListValuesAsync(IdOf("ann"), "marker", Token);

        Assert.Equal(["B", "a", "b", "é"], values.Select(value => value.Key));
        Assert.All(values, value => Assert.Equal("of " + value.Key, value.Value));
        Assert.Empty(await Store.ListValuesAsync(IdOf("Cid"), "marker", Token));
    }

    [Fact]
    public async Task Nothing_is_a_value_that_is_removed()
    {
        await CreateAsync("Ann");
        await Store.SetValueAsync(IdOf("Ann"), "marker", "main", "1", Token);

        Assert.True(await Store.SetValueAsync(IdOf("Ann"), "marker", "main", null, Token));
        Assert.True(await Store.SetValueAsync(IdOf("Ann"), "marker", "main", null, Token));

        Assert.Null(await Store.GetValueAsync(IdOf("Ann"), "marker", "main", Token));
        Assert.Empty(await Store.ListValuesAsync(IdOf("Ann"), "marker", Token));
    }

    [Fact]
    public async Task A_value_is_exchanged_where_it_is_what_was_read()
    {
        await CreateAsync("Ann");
        var ann = IdOf("Ann");
        Assert.True(await Store.ExchangeValueAsync(ann, "marker", "main", null, null, Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", "1", "2", Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", "1", null, Token));

        Assert.True(await Store.ExchangeValueAsync(ann, "marker", "main", null, "Ä\0", Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", null, "2", Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", null, null, Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", "ä\0", "2", Token));
        Assert.Equal("Ä\0", await Store.GetValueAsync(ann, "marker", "main", Token));

        Assert.True(await Store.ExchangeValueAsync(ann, "marker", "main", "Ä\0", "2", Token));
        Assert.Equal("2", await Store.GetValueAsync(ann, "marker", "main", Token));
        Assert.False(await Store.ExchangeValueAsync(ann, "marker", "main", "Ä\0", null, Token));
        Assert.True(await Store.ExchangeValueAsync(ann, "marker", "main", "2", null, Token));
        Assert.Empty(await Store.ListValuesAsync(ann, "marker", Token));
    }

    [Fact]
    public async Task Nobody_without_an_account_has_values()
    {
        Assert.False(await Store.ExchangeValueAsync(IdOf("Ann"), "marker", "main", null, "1", Token));
        Assert.False(await Store.ExchangeValueAsync(IdOf("Ann"), "marker", "main", "1", "2", Token));
        Assert.False(await Store.SetValueAsync(IdOf("Ann"), "marker", "main", "1", Token));
        Assert.False(await Store.SetValueAsync(IdOf("Ann"), "marker", "main", null, Token));

        await CreateAsync("Ann");
        Assert.Null(await Store.GetValueAsync(IdOf("Ann"), "marker", "main", Token));
    }
}
