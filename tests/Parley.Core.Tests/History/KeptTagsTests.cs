using System.Text;
using Parley.Core.History;

namespace Parley.Core.Tests.History;

public sealed class KeptTagsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("+draft/reply=main.1", "+draft/reply=main.1")]
    [InlineData("+x=1;+draft/react=👍;+y;+reply=a\\:b", "+draft/react=👍;+reply=a\\:b")]
    [InlineData("+draft/replyx=1;+draft=2;draft/reply=3", "")]
    [InlineData(";;+draft/reply;", "+draft/reply")]
    public void Only_tags_that_say_what_a_message_belongs_to_are_kept(string tags, string kept)
        => Assert.Equal(kept, Encoding.UTF8.GetString(KeptTags.Of(Encoding.UTF8.GetBytes(tags)).Span));
}
