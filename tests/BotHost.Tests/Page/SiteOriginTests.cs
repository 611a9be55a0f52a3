using OnnxChat.BotHost.Page;

namespace OnnxChat.BotHost.Tests.Page;

public sealed class SiteOriginTests
{
    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("https://www.shop.example:8443")]
    [InlineData("https://*.shop.example")]
    [InlineData("http://localhost:8081")]
    [InlineData("http://127.0.0.1:8081")]
    [InlineData("http://[::1]:8081")]
    public void IsValid_AnOrigin_True(string origin) => Assert.True(SiteOrigin.IsValid(origin));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("https://*")]
    [InlineData("https://*.com")]
    [InlineData("https://shop.*.example")]
    [InlineData("http://*.localhost")]
    [InlineData("shop.example")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/chat")]
    [InlineData("https://Shop.example")]
    [InlineData("https://user@shop.example")]
    [InlineData("https://shop.example; script-src *")]
    [InlineData("https://shop.example https://other.example")]
    [InlineData("https://shop.example\r\nX: y")]
    [InlineData("file:///etc")]
    [InlineData("data:text/html")]
    [InlineData("https://shop.example:443")]
    public void IsValid_AnythingElse_False(string origin) => Assert.False(SiteOrigin.IsValid(origin));
}
