namespace Parley.Core.Queries;

/// <summary>A piece of a list that is in the order of names.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <typeparam name="TName">The names.</typeparam>
/// <param name="Items">What the viewer may know of; it may be nothing, although there is more behind it.</param>
/// <param name="Next">Name behind which the list goes on; <c>default</c> at its end.</param>
public sealed record Page<T, TName>(IReadOnlyList<T> Items, TName Next)
    where TName : struct
{
    /// <summary>Makes a page of those names that were looked at.</summary>
    /// <param name="names">The names, of which there are as many as the limit unless the list is at its end.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="items">What the viewer may know of.</param>
    internal static Page<T, TName> Of(IReadOnlyList<TName> names, int limit, IReadOnlyList<T> items)
        => new(items, names.Count < limit || names.Count == 0 ? default : names[^1]);
}
